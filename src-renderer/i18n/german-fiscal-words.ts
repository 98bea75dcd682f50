import type { FISCAL_ENGLISH } from "./fiscal-words.ts";

/** The words of the fiscal device in German. */
export const FISCAL_GERMAN: Readonly<Record<keyof typeof FISCAL_ENGLISH, string>> = {
  "fiscal.title": "Sicherheitseinrichtung (TSE)",
  "fiscal.none": "Keine Sicherheitseinrichtung eingerichtet: Verkäufe werden nicht von einer signiert.",
  "fiscal.simulator": "Simulator (zum Ausprobieren, nicht zertifiziert)",
  "fiscal.works": "Arbeitet. Seriennummer {serial}, Transaktionen: {transactions}, Signaturzähler {counter}.",
  "fiscal.failed": "Signiert nicht: {why} Es wird weiter verkauft, und die Belege sagen es.",
  "fiscal.why.gone": "Sie ist nicht erreichbar.",
  "fiscal.why.slow": "Sie antwortet nicht rechtzeitig.",
  "fiscal.why.full": "Ihr Speicher ist voll.",
  "fiscal.why.certificateExpired": "Ihr Zertifikat ist abgelaufen.",
  "fiscal.why.refused": "Sie hat den Verkauf nicht angenommen.",
  "fiscal.setUp": "Simulator einrichten",
  "fiscal.remove": "Entfernen",
  "fiscal.test": "Jetzt abfragen",
  "fiscal.saved": "Sicherheitseinrichtung gespeichert",
  "fiscal.allow": "Sicherheitseinrichtung erlauben",
  "fiscal.reason": "Einrichtung",
  "refused.noDriver": "Für ein solches Gerät gibt es an dieser Kasse keinen Treiber.",
};
