//! The words with which an office signs a table: who has filled it in and when, and by what number they are reached.

/// Whoever fills in, checks or sends a table. No row of a table begins so.
pub const SIGNERS: [&str; 7] = ["填表人", "填报人", "制表人", "审核人", "复核人", "经办人", "报送人"];
/// Whoever answers for it. These may be counted, too.
pub const OFFICERS: [&str; 3] = ["联系人", "负责人", "统计员"];
/// What may stand before an officer.
const OF: [&str; 8] = ["填报单位", "报送单位", "单位", "部门", "学校", "主管", "分管", "统计"];
/// What stands beside them: a number, a day or nothing follows.
const BESIDE: [&str; 11] =
    ["联系电话", "联系方式", "电话", "手机", "填报日期", "填表日期", "制表日期", "报送日期", "日期", "填报单位", "报送单位"];

/// What is asked for beside the name of an office.
const SEALS: [&str; 2] = ["盖章", "公章"];

/// By what follows a word: 审核人 signs; 审核人数 is a figure.
pub fn is_counted(rest: &str) -> bool {
    rest.starts_with(['数', '次'])
}

/// Does a text begin like a signature, with a colon or without?
pub fn signs(text: &str) -> bool {
    // Hardly any text does, and its first letter tells.
    let could = |letter: char| "填制审复经报联负统单部学主分电手日盖".contains(letter);
    if !text.trim_start().starts_with(could) {
        return false;
    }
    let bare: String = text.chars().filter(|letter| !letter.is_whitespace()).take(24).collect();
    let begins = |words: &[&str]| words.iter().any(|word| bare.starts_with(word));
    let officer = OF.iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(&bare);
    let is_beside = |word: &&str| bare.strip_prefix(*word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    let is_officer = begins(&OFFICERS) || OFFICERS.iter().any(|word| officer.starts_with(word));
    let is_signer = |word: &&str| bare.strip_prefix(*word).is_some_and(|rest| !is_counted(rest));
    SIGNERS.iter().any(is_signer) || is_officer || BESIDE.iter().any(is_beside) || SEALS.iter().any(|word| bare.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_told_by_their_first_words_and_schools_are_none() {
        for text in [
            "制表人 张三",
            "填 表 人张三",
            "填报单位负责人 李四",
            "单位负责人（签字）",
            "统计负责人",
            "联系电话 020-81234567",
            "电话０２０",
            "填报日期 2024年1月5日",
            "日期",
            "单位（盖章）",
        ] {
            assert!(signs(text), "{text}");
        }
        for text in ["电话路小学", "学校", "单位", "丁小学", "统计学院", "审核人数", "填海小学", "联合中学", ""]
        {
            assert!(!signs(text), "{text}");
        }
    }
}
