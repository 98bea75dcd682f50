import type { Catalogue } from "../catalogue.ts";

/** The words of new versions of the till, in French. */
export const UPDATE_FRENCH = {
  "update.title": "Version de cette caisse",
  "update.running": "Cette caisse utilise la version {version}.",
  "update.now.upToDate": "Elle est à jour.",
  "update.now.byHand":
    "Le siège veut ici la version {version} à partir de {time} : redémarrez cette caisse avec elle.",
  "update.now.downloading": "La version {version} est en cours de téléchargement.",
  "update.now.ready":
    "La version {version} est là. Elle sera installée dès que personne ne sera à la caisse.",
  "update.now.installing": "La version {version} est en cours d’installation. La caisse revient d’elle-même.",
  "update.waits.training": "La version {version} est là. Elle attend la fin de l’exercice.",
  "update.waits.terminalPending":
    "La version {version} est là. Elle attend la réponse du terminal de paiement.",
  "update.waits.openBasket":
    "La version {version} est là. Elle attend que chaque panier ouvert soit vendu ou mis en attente.",
  "update.waits.paidParked": "La version {version} est là. Un panier en attente est payé en partie.",
  "update.waits.unsentEntries": "La version {version} est là. Elle attend que tout soit envoyé au serveur.",
  "update.waits.notYet": "La version {version} est là. Le siège permet de l’installer à partir de {time}.",
  "update.failed.download":
    "La version {version} n’a pas pu être téléchargée. La caisse réessaiera à {time}.",
  "update.failed.install": "La version {version} n’a pas pu être installée. La caisse réessaiera à {time}.",
  "update.install": "Installer maintenant",
  "update.allow": "Installer maintenant la nouvelle version sur cette caisse. La caisse redémarre.",
  "refused.training": "Terminez d’abord l’exercice.",
  "refused.openBasket":
    "Un panier est ouvert. Vendez-le ou mettez-le d’abord en attente, aussi ceux des collègues.",
  "refused.paidParked": "Un panier en attente est payé en partie. Terminez-le d’abord.",
  "refused.unsentEntries": "Tout n’est pas encore envoyé au serveur. Attendez que ce soit fait.",
  "refused.notYet": "Le siège ne permet pas encore d’installer la nouvelle version.",
  "refused.noUpdate": "Il n’y a pas ici de nouvelle version à installer.",
} satisfies Partial<Catalogue>;
