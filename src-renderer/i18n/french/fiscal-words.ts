import type { Catalogue } from "../catalogue.ts";

/** The words of the fiscal device, in French. */
export const FISCAL_FRENCH = {
  "fiscal.title": "Dispositif fiscal",
  "fiscal.none": "Aucun dispositif fiscal configuré : aucun ne signe les ventes.",
  "fiscal.simulator": "Simulateur (pour essayer, non certifié)",
  "fiscal.works":
    "Fonctionne. Numéro de série {serial}, transactions : {transactions}, compteur de signatures {counter}.",
  "fiscal.failed": "Ne signe pas : {why} La vente continue, et les tickets le disent.",
  "fiscal.why.gone": "il est injoignable.",
  "fiscal.why.slow": "il ne répond pas à temps.",
  "fiscal.why.full": "sa mémoire est pleine.",
  "fiscal.why.certificateExpired": "son certificat a expiré.",
  "fiscal.why.refused": "il n’a pas accepté la vente.",
  "fiscal.setUp": "Configurer le simulateur",
  "fiscal.remove": "Retirer",
  "fiscal.test": "Interroger",
  "fiscal.saved": "Le dispositif fiscal est enregistré",
  "fiscal.allow": "Autoriser le dispositif fiscal",
  "fiscal.reason": "Configuration",
  "refused.noDriver": "Cette caisse n’a pas de pilote pour un tel appareil.",
} satisfies Partial<Catalogue>;
