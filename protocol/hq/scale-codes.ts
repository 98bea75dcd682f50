import { z } from "zod";
import { scaleCodeSchema } from "../documents/settings.ts";

/** `GET` and `PUT /hq/v1/scale-codes`: how the scales of all stores print labels. No prefix begins with another: which layout holds would be chance. */
export const scaleCodesSchema = z.strictObject({
  codes: z
    .array(scaleCodeSchema)
    .max(30)
    .check((context) => {
      const prefixes = context.value.map(({ prefix }) => prefix);
      const twice = prefixes.find((prefix, index) =>
        prefixes.some((other, place) => place !== index && other.startsWith(prefix)),
      );
      if (twice === undefined) return;
      const message = `two layouts begin with ${twice}`;
      context.issues.push({ code: "custom", message, path: [], input: context.value });
    }),
});
