import { t } from "../translate.ts";
import type { OrderedWords } from "../ui/ordered-list.tsx";

/** The words of a list whose order counts. */
export const ORDERED_WORDS: OrderedWords = {
  up: (rule) => t("rules.up", { rule }),
  down: (rule) => t("rules.down", { rule }),
  remove: (rule) => t("rules.remove", { rule }),
  add: (rule) => t("rules.add", { rule }),
};
