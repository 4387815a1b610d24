"""An invented drive: who signs which sheet, what they write, what a clerk finds."""
