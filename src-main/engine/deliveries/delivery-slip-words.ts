import type { ReceiptLanguage } from "#domain/receipt/language.ts";

/** The words on a transfer's slip in one language: the store's, whatever the cashier's screen speaks. */
interface DeliverySlipWords {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly sent: string;
  readonly pieces: string;
  readonly packed: string;
  readonly received: string;
}

export const DELIVERY_SLIP_WORDS: Readonly<Record<ReceiptLanguage, DeliverySlipWords>> = {
  en: {
    title: "Transfer",
    from: "From",
    to: "To",
    sent: "Sent",
    pieces: "Pieces",
    packed: "Packed by",
    received: "Received by",
  },
  de: {
    title: "Umlagerung",
    from: "Von",
    to: "An",
    sent: "Versandt",
    pieces: "Stück",
    packed: "Gepackt von",
    received: "Angenommen von",
  },
  fr: {
    title: "Transfert",
    from: "De",
    to: "À",
    sent: "Envoyé",
    pieces: "Pièces",
    packed: "Emballé par",
    received: "Reçu par",
  },
  es: {
    title: "Traspaso",
    from: "De",
    to: "A",
    sent: "Enviado",
    pieces: "Piezas",
    packed: "Preparado por",
    received: "Recibido por",
  },
  pl: {
    title: "Przesunięcie",
    from: "Z",
    to: "Do",
    sent: "Wysłano",
    pieces: "Sztuki",
    packed: "Spakował(a)",
    received: "Przyjął(-ęła)",
  },
  ar: {
    title: "تحويل بين الفروع",
    from: "من",
    to: "إلى",
    sent: "أُرسل",
    pieces: "القطع",
    packed: "جهّزه",
    received: "استلمه",
  },
};
