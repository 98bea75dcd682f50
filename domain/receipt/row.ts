/** A row of a receipt as it is shown, printed and sent: words already in the receipt's language, amounts already formatted. */
export type ReceiptRow =
  /** The language (BCP 47) of the rows below: which way they run, and how they are read aloud. Nothing of it is printed. */
  | { readonly kind: "language"; readonly tag: string }
  | {
      readonly kind: "text";
      readonly text: string;
      readonly align: "left" | "center" | "right";
      readonly strong: boolean;
    }
  | { readonly kind: "pair"; readonly left: string; readonly right: string; readonly strong: boolean }
  | { readonly kind: "big"; readonly left: string; readonly right: string }
  | { readonly kind: "rule" }
  | { readonly kind: "barcode"; readonly text: string }
  /** Digits or text that a till scans back: the receipt's own code. `label` says what it is for. */
  | { readonly kind: "qr"; readonly text: string; readonly label: string }
  /** A small picture, such as the store's logo: PNG bytes in base64. `label` says what it shows. */
  | { readonly kind: "image"; readonly png: string; readonly label: string };
