import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GROUP_SEPARATOR, type Gs1Field } from "./application-identifiers.ts";
import { readDigitalLink } from "./digital-link.ts";
import { elementString, readElementString } from "./element-string.ts";

const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
const text = fc.stringMatching(/^[!"%-?A-Z_a-z]{1,20}$/);
const field: fc.Arbitrary<Gs1Field> = fc.oneof(
  fc.record({ ai: fc.constantFrom("01", "02"), value: digits(14) }),
  fc.record({ ai: fc.constantFrom("11", "13", "15", "17"), value: digits(6) }),
  fc.record({ ai: fc.constantFrom("10", "21", "22"), value: text }),
  fc.record({ ai: fc.constantFrom("3103", "3102", "3201"), value: digits(6) }),
  fc.record({ ai: fc.constantFrom("3922", "3920"), value: fc.stringMatching(/^\d{1,15}$/) }),
  fc.record({ ai: fc.constantFrom("30", "37"), value: fc.stringMatching(/^\d{1,8}$/) }),
  fc.record({ ai: fc.constantFrom("00"), value: digits(18) }),
  fc.record({ ai: fc.constantFrom("240", "400", "8008", "91"), value: text }),
);

describe("a GS1 element string", () => {
  test("is read back field by field, whatever it was built from", () => {
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 8 }), (fields) => {
        expect(readElementString(elementString(fields))).toEqual({ ok: true, value: fields });
      }),
    );
  });

  test("may begin and end with a separator, and have one after every field", () => {
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (fields) => {
        const all = fields.map(({ ai, value }) => `${GROUP_SEPARATOR}${ai}${value}`).join("");
        expect(readElementString(`${all}${GROUP_SEPARATOR}`)).toEqual({ ok: true, value: fields });
      }),
    );
  });

  test("reads the same as it is printed for people", () => {
    const printed = "(01)04006381333931(17)261231(10)AB-1";
    expect(readElementString(printed)).toEqual(readElementString("01040063813339311726123110AB-1"));
  });

  test("that was cut short is damaged, and never another article", () => {
    fc.assert(
      fc.property(digits(14), fc.nat({ max: 13 }), (gtin, length) => {
        expect(readElementString(`01${gtin.slice(0, length)}`)).toEqual({ ok: false, reason: "damaged" });
      }),
    );
  });

  test("is never read out of arbitrary text without an error being thrown", () => {
    fc.assert(
      fc.property(fc.string(), (any) => {
        readElementString(any);
        readDigitalLink(any);
      }),
    );
  });
});

describe("a GS1 Digital Link", () => {
  test("names the same fields as its element string, whatever stands in them", () => {
    fc.assert(
      fc.property(digits(14), text, text, digits(6), (gtin, lot, serial, day) => {
        const link = `https://shop.example/de/01/${gtin}/10/${encodeURIComponent(lot)}/21/${encodeURIComponent(serial)}?utm=x&17=${day}#top`;
        const fields = [
          { ai: "01", value: gtin },
          { ai: "10", value: lot },
          { ai: "21", value: serial },
          { ai: "17", value: day },
        ];
        expect(readDigitalLink(link)).toEqual({ ok: true, value: fields });
      }),
    );
  });

  test.each(["https://shop.example/cart?basket=WQ7K3MFD", "https://shop.example/01/abc", "mailto:a@b.c", ""])(
    "%j is none",
    (address) => expect(readDigitalLink(address)).toEqual({ ok: false, reason: "notALink" }),
  );

  test("with a field that cannot be is damaged", () => {
    const link = "https://shop.example/01/04006381333931?17=2612";
    expect(readDigitalLink(link)).toEqual({ ok: false, reason: "damaged" });
  });
});
