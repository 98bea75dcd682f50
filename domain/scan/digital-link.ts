import { ok, type Result, refused } from "../result.ts";
import { type Gs1Field, isLegalField } from "./application-identifiers.ts";

const GTIN_DIGITS = 14;
const WEB_ADDRESS = /^https?:\/\/[^/?#\s]+([^?#\s]*)(?:\?([^#\s]*))?(?:#\S*)?$/i;

/**
 * The fields of a GS1 Digital Link: `https://example.com/01/04006381333931/10/AB-1?17=261231`. Whose web site it is does not matter. `notALink`: another text, or a
 * web address that names no article.
 */
export function readDigitalLink(text: string): Result<readonly Gs1Field[], "notALink" | "damaged"> {
  const [, path, query = ""] = WEB_ADDRESS.exec(text.trim()) ?? [];
  if (path === undefined) return refused("notALink");
  const segments = path.split("/").map(decoded);
  const at = segments.findIndex(
    (each, index) => each === "01" && /^\d{8,14}$/.test(segments[index + 1] ?? ""),
  );
  if (at < 0) return refused("notALink");
  const named: Gs1Field[] = [];
  for (let index = at; index < segments.length; index += 2) {
    const [ai = "", value = ""] = [segments[index], segments[index + 1]];
    if (ai !== "" || value !== "")
      named.push({ ai, value: ai === "01" ? value.padStart(GTIN_DIGITS, "0") : value });
  }
  const fields = [...named, ...asked(query)];
  return fields.every(isLegalField) ? ok(fields) : refused("damaged");
}

/** A web site's own questions among them say nothing of the goods. */
function asked(query: string): readonly Gs1Field[] {
  return query
    .split(/[&;]/)
    .map((pair) => {
      const [ai = "", ...value] = pair.split("=");
      return { ai, value: decoded(value.join("=")) };
    })
    .filter(({ ai }) => /^\d{2,4}$/.test(ai));
}

/** What cannot be decoded stays as it is, and is no legal value then. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
