// A program that does nothing but say that it runs.
process.send?.("here");
