import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { findLooseText } from "./loose-text.ts";

const root = resolve(import.meta.dirname, "..");
const found = (source: string) => findLooseText("a.tsx", source).map(({ text, line }) => `${line}: ${text}`);

describe("text that stands outside the catalogue", () => {
  it.each([
    ["between tags", "const a = <p>\n  Pay now\n</p>;", "2: Pay now"],
    ["between tags, in another script", "const a = <b>الدفع</b>;", "1: الدفع"],
    ["in braces", `const a = <p>{"Pay now"}</p>;`, "1: Pay now"],
    ["in a fragment", "const a = <>Pay now</>;", "1: Pay now"],
    ["read aloud", `const a = <i aria-label="Pay" />;`, "1: Pay"],
    ["as a hint in a field", `const a = <input placeholder={"Name"} />;`, "1: Name"],
    ["one of two", `const a = <p>{paid ? t("receipt.paid") : "Not paid"}</p>;`, "1: Not paid"],
    ["where nothing else is", `const a = <p title={name ?? "Nobody"} />;`, "1: Nobody"],
    ["beside a figure", `const a = <p>{\`\${count} pieces\`}</p>;`, "1: pieces"],
    ["put together", `const a = <p>{count + " pieces"}</p>;`, "1: pieces"],
    ["in a list of choices", `const a = [{ value: 1, label: "Cash" }];`, "1: Cash"],
  ])("is found %s", (_where, source, expected) => {
    expect(found(source)).toEqual([expected]);
  });

  it("is not what the catalogue says, what nobody reads, or a sign of no language", () => {
    const source = `
      const a = (
        <p className="flex gap-2" data-part="total" title={t("basket.total")}>
          {t("basket.pay")} {count} × {price} … {open && <b>{name}</b>} {state === "open" ? 1 : 2}
        </p>
      );`;
    expect(found(source)).toEqual([]);
  });

  it.each(["src-renderer", "sync-server/console"])("does not exist on the screens of %s", (folder) => {
    const paths = globSync(`${folder}/**/*.tsx`, { cwd: root }).filter(
      (path) => !path.endsWith(".test.tsx") && !path.includes("/testing/"),
    );
    expect(paths.length).toBeGreaterThan(20);
    const loose = paths.flatMap((path) =>
      findLooseText(path, readFileSync(join(root, path), "utf8")).map(
        ({ text, line }) => `${path}:${line} ${text}`,
      ),
    );
    expect(loose).toEqual([]);
  });
});
