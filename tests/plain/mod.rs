//! Plain sheets are read as calamine reads them, cell by cell, or not at all.

mod book;
mod both;
mod broken;
mod files;
mod made;
mod rows;
mod shapes;
mod written;
