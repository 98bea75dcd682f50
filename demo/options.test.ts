import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

function read(...args: string[]) {
  return readOptions(args, "/shop");
}

test("without options the demo uses ports 8787 and 8788 and its own data folder", () => {
  expect(read()).toEqual({
    kind: "run",
    options: {
      serverPort: 8787,
      tillPort: 8788,
      dataDir: "/shop/.data/demo",
      databaseUrl: null,
      reset: false,
      open: true,
      browser: false,
    },
  });
});

test("every option is understood", () => {
  expect(
    read(
      ...["--port", "9000", "--data", "/tmp/x", "--reset", "--no-open", "--browser"],
      ...["--database-url", "postgres:///shop"],
    ),
  ).toEqual({
    kind: "run",
    options: {
      serverPort: 9000,
      tillPort: 9001,
      dataDir: "/tmp/x",
      databaseUrl: "postgres:///shop",
      reset: true,
      open: false,
      browser: true,
    },
  });
  expect(read("--help")).toEqual({ kind: "help" });
});

test.each([
  [["--port", "zero"]],
  [["--port", "0"]],
  [["--port", "65535"]],
  [["--data", " "]],
  [["--prot", "1"]],
  [["9000"]],
])("%j is refused in words", (args) => {
  const reading = read(...args);
  expect(reading.kind).toBe("wrong");
  expect(reading.kind === "wrong" && reading.message.length).toBeGreaterThan(10);
});
