# R with readxl and dplyr, as in Debian's packages r-cran-readxl, r-cran-dplyr and r-cran-readr.
#
#     Rscript by_readxl.R S|M|L FOLDER OUT.csv
suppressPackageStartupMessages({
  library(readxl)
  library(dplyr)
})
given <- commandArgs(trailingOnly = TRUE)
size <- given[1]

# A figure as offices write it: with separators, in full width, as a dash for none.
number <- function(cell) {
  if (is.numeric(cell)) return(cell)
  text <- chartr("０１２３４５６７８９", "0123456789", trimws(cell))
  text <- gsub(",", "", text, fixed = TRUE)
  text[text %in% c("—", "-", "–", "/")] <- "0"
  as.numeric(text)
}

# Sums by the columns of the dimensions; a row counts where both its figures are there.
counted <- function(frame, indicator, dimensions, above, below = NULL) {
  frame <- frame %>% mutate(above = number(.data[[above]]), below = if (is.null(below)) 0 else number(.data[[below]]))
  frame %>% filter(!is.na(above), !is.na(below)) %>% group_by(across(all_of(dimensions))) %>%
    summarise(above = sum(above), below = sum(below), .groups = "drop") %>% mutate(indicator = indicator)
}

forms <- function(path) {
  places <- read_excel(path, sheet = "学位", skip = 2, col_types = "text") %>%
    mutate(both = coalesce(number(公办学位), 0) + coalesce(number(民办学位), 0))
  teachers <- read_excel(path, sheet = "教师", skip = 2, col_types = "text")
  vision <- read_excel(path, sheet = "视力", skip = 2, col_types = "text")
  bind_rows(
    counted(places, "places", c(stage = "学段"), "both"),
    counted(teachers, "pupil_teacher_ratio", c(stage = "学段"), "在校生", "专任教师"),
    counted(vision, "myopia_rate", c(grade = "年级"), "近视人数", "有效筛查人数")
  )
}

schools <- function(path) {
  kept <- c(学段 = "text", 学位 = "numeric", 在校生 = "numeric", 专任教师 = "numeric", 有效筛查人数 = "numeric", 近视人数 = "numeric")
  frame <- read_excel(path, col_types = types(path, kept))
  bind_rows(
    counted(frame, "places", c(stage = "学段"), "学位"),
    counted(frame, "pupil_teacher_ratio", c(stage = "学段"), "在校生", "专任教师"),
    counted(frame, "myopia_rate", c(stage = "学段"), "近视人数", "有效筛查人数")
  )
}

pupils <- function(path) {
  kept <- c(年级 = "text", 性别 = "text", 右眼裸眼视力 = "numeric", 左眼裸眼视力 = "numeric", 右眼等效球镜 = "numeric", 左眼等效球镜 = "numeric")
  frame <- read_excel(path, col_types = types(path, kept)) %>%
    mutate(right = if_else(between(右眼等效球镜, -30, 30), 右眼等效球镜, NA_real_), left = if_else(between(左眼等效球镜, -30, 30), 左眼等效球镜, NA_real_)) %>%
    filter(!is.na(right), !is.na(left), !is.na(右眼裸眼视力), !is.na(左眼裸眼视力)) %>%
    mutate(myopic = as.numeric(pmin(right, left) <= -0.5 & pmin(右眼裸眼视力, 左眼裸眼视力) < 5.0), screened = 1)
  counted(frame, "myopia_rate", c(grade = "年级", sex = "性别"), "myopic", "screened")
}

# Which columns are read, and as what; the others are skipped. The columns stand alike in all workbooks.
headings <- NULL
types <- function(path, kept) {
  if (is.null(headings)) headings <<- names(read_excel(path, n_max = 0))
  found <- unname(kept[headings])
  ifelse(is.na(found), "skip", found)
}

paths <- sort(list.files(given[2], pattern = "\\.xlsx$", recursive = TRUE, full.names = TRUE))
read <- list(S = forms, M = schools, L = pupils)[[size]]
sums <- bind_rows(lapply(paths, function(path) {
  name <- regmatches(basename(path), regexec("^(.+?区)([0-9]{4})年", basename(path)))[[1]]
  read(path) %>% mutate(area = name[2], year = as.integer(name[3]))
}))

# The districts and the city, the whole and each part; ratios of sums; change on the year before; verdicts for 2023.
dimensions <- intersect(c("stage", "grade", "sex"), names(sums))
parts <- bind_rows(mutate(sums, part = "_T"), lapply(dimensions, function(dimension) {
  sums %>% filter(!is.na(.data[[dimension]])) %>% mutate(part = paste0(dimension, "=", .data[[dimension]]))
}))
values <- bind_rows(parts, mutate(parts, area = "广州市")) %>% group_by(indicator, area, year, part) %>%
  summarise(above = sum(above), below = sum(below), .groups = "drop") %>%
  mutate(value = if_else(indicator == "places", above, if_else(indicator == "myopia_rate", 100, 1) * (above / below)))
before <- values %>% transmute(indicator, area, part, year = year + 1L, before = value)
values <- values %>% left_join(before, by = c("indicator", "area", "part", "year"))
verdicts <- values %>% filter(year == 2023, part == "_T") %>% mutate(
  met = case_when(indicator == "places" ~ value >= 200000, indicator == "pupil_teacher_ratio" ~ value <= 16, TRUE ~ before - value >= 0.5),
  measure = paste(indicator, "target"), value = if_else(met, "met", "missed", missing = "cannot_tell"))
said <- bind_rows(
  values %>% transmute(area, year, part, measure = indicator, value = sprintf("%.6f", value)),
  values %>% filter(!is.na(before)) %>% transmute(area, year, part, measure = paste(indicator, "change"), value = sprintf("%.6f", value - before)),
  verdicts %>% select(area, year, part, measure, value)
)
readr::write_csv(said, given[3])
