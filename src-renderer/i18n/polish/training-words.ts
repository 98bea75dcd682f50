import type { Catalogue } from "../catalogue.ts";

/** The words of practising, in Polish. */
export const TRAINING_POLISH = {
  "training.banner": "SZKOLENIE – nic się nie liczy",
  "training.end": "Zakończ szkolenie",
  "training.ended": "Szkolenie zakończone. Od teraz wszystko się liczy.",
  "training.title": "Szkolenie",
  "training.hint":
    "Ćwiczenie na kopii artykułów i cen tego sklepu. Nic nie jest wysyłane ani zachowywane, szuflada pozostaje zamknięta, a na papierze jest napis SZKOLENIE. Najpierw kasa się zablokuje.",
  "training.start": "Rozpocznij szkolenie",
  "training.allow": "Szkolenie przy tej kasie. Nic, co się w nim sprzeda, się nie liczy.",
  "refused.saleOpen": "Najpierw dokończ lub odłóż to, co jest w koszyku.",
  "refused.notTraining": "Przy tej kasie nie trwa szkolenie.",
} satisfies Partial<Catalogue>;
