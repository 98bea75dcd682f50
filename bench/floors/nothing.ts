// A program that does nothing but say that it runs, and waits to be ended.
process.on("message", () => undefined);
process.send?.("here");
