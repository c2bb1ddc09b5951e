//! Which worksheets a workbook has and in which parts they are, by its small parts alone.

use std::{
    collections::{HashMap, HashSet},
    io::{Read, Seek},
};

use roxmltree::{Document, Node};

use super::{Unusual, package::Package, tag::NAMESPACES};

/// A worksheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainSheet {
    pub name: String,
    pub is_hidden: bool,
    /// The part that holds its cells.
    pub(super) part: String,
}

pub struct Directory {
    pub sheets: Vec<PlainSheet>,
    /// The part that holds the texts, if there is one.
    pub texts: String,
    /// The part that holds the styles of cells, if there is one.
    pub styles: String,
}

impl Directory {
    pub fn read<R: Read + Seek>(package: &mut Package<R>) -> Result<Directory, Unusual> {
        let start = relations(package, "_rels/.rels")?;
        let mut documents = start.values().filter(|relation| relation.kind == "officeDocument");
        let (Some(document), None) = (documents.next(), documents.next()) else {
            return Err(Unusual("no workbook in the archive, or several"));
        };
        let (folder, name) = split(document.target.strip_prefix('/').unwrap_or(&document.target));
        let relations = relations(package, &format!("{folder}_rels/{name}.rels"))?;
        let texts = format!("{folder}sharedStrings.xml");
        for relation in relations.values().filter(|relation| relation.kind == "sharedStrings") {
            if absolute(folder, &relation.target) != texts {
                return Err(Unusual("texts in another part"));
            }
        }
        let text = part(package, &format!("{folder}{name}"))?;
        let styles = format!("{folder}styles.xml");
        Ok(Directory { sheets: sheets(&document_of(&text)?, folder, &relations)?, texts, styles })
    }
}

fn sheets(workbook: &Document, folder: &str, relations: &HashMap<String, Relation>) -> Result<Vec<PlainSheet>, Unusual> {
    let namespace = workbook.root_element().tag_name().namespace();
    if !workbook.root_element().has_tag_name("workbook") || !namespace.is_some_and(|name| NAMESPACES.contains(&name)) {
        return Err(Unusual("a workbook in another namespace"));
    }
    let counts_from_1904 = |node: Node| node.attribute("date1904").is_some_and(|said| said != "0" && said != "false");
    if workbook.descendants().any(counts_from_1904) {
        return Err(Unusual("days count from 1904"));
    }
    let named: Vec<Node> = workbook.descendants().filter(|node| node.tag_name().name() == "sheet").collect();
    let (mut sheets, mut names) = (Vec::new(), HashSet::new());
    for node in named {
        if !node.parent().is_some_and(|parent| parent.has_tag_name("sheets")) || node.tag_name().namespace() != namespace {
            return Err(Unusual("a sheet is named in an unusual place"));
        }
        let name = node.attribute("name").ok_or(Unusual("a sheet without a name"))?;
        if !names.insert(name) {
            return Err(Unusual("two sheets of one name"));
        }
        let is_hidden = match node.attribute("state") {
            None | Some("visible") => false,
            Some("hidden" | "veryHidden") => true,
            Some(_) => return Err(Unusual("a sheet in another state")),
        };
        let mut ids = node.attributes().filter(|attribute| attribute.name() == "id");
        let (Some(id), None) = (ids.next(), ids.next()) else { return Err(Unusual("a sheet without its part, or with several")) };
        let relation = relations.get(id.value()).ok_or(Unusual("a sheet without its part"))?;
        match relation.kind.as_str() {
            "worksheet" => {}
            // They hold no cells.
            "chartsheet" | "dialogsheet" => continue,
            _ => return Err(Unusual("a sheet of another kind")),
        }
        sheets.push(PlainSheet { name: name.to_string(), is_hidden, part: absolute(folder, &relation.target) });
    }
    Ok(sheets)
}

/// What one part says of another.
struct Relation {
    /// The last word of its type, such as `worksheet`.
    kind: String,
    target: String,
}

fn relations<R: Read + Seek>(package: &mut Package<R>, name: &str) -> Result<HashMap<String, Relation>, Unusual> {
    let text = part(package, name)?;
    let document = document_of(&text)?;
    let mut relations = HashMap::new();
    for node in document.descendants().filter(|node| node.tag_name().name() == "Relationship") {
        let (Some(id), Some(kind), Some(target)) = (node.attribute("Id"), node.attribute("Type"), node.attribute("Target"))
        else {
            return Err(Unusual("a relation between parts is incomplete"));
        };
        let relation = Relation { kind: split(kind).1.to_string(), target: target.to_string() };
        if relations.insert(id.to_string(), relation).is_some() {
            return Err(Unusual("two relations of one name"));
        }
    }
    Ok(relations)
}

fn part<R: Read + Seek>(package: &mut Package<R>, name: &str) -> Result<String, Unusual> {
    package.text(name)?.ok_or(Unusual("a part is missing"))
}

/// The time and the memory of roxmltree grow with the square of the attributes of a tag and of the namespaces.
const LONGEST_TAG: usize = 16 << 10;
const MOST_NAMESPACES: usize = 200;

/// A document type is refused like any fault.
fn document_of(text: &str) -> Result<Document<'_>, Unusual> {
    if text.split('<').any(|tag| tag.len() > LONGEST_TAG) || text.matches("xmlns").count() > MOST_NAMESPACES {
        return Err(Unusual("a small part with a very long tag or many namespaces"));
    }
    Document::parse(text).map_err(|_| Unusual("the XML of a small part is not sound"))
}

/// The name of a part that another part names from its own folder.
fn absolute(folder: &str, target: &str) -> String {
    target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_string)
}

/// A name cut after its last `/`.
fn split(name: &str) -> (&str, &str) {
    name.split_at(name.rfind('/').map_or(0, |at| at + 1))
}
