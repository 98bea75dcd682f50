import type { Catalogue } from "../catalogue.ts";

/** The words of new versions of the till, in Spanish. */
export const UPDATE_SPANISH = {
  "update.title": "Versión de esta caja",
  "update.running": "Esta caja usa la versión {version}.",
  "update.now.upToDate": "Está al día.",
  "update.now.byHand":
    "La central quiere aquí la versión {version} a partir de {time}: reinicie esta caja con ella.",
  "update.now.downloading": "Se está descargando la versión {version}.",
  "update.now.ready": "La versión {version} está aquí. Se instala en cuanto no haya nadie en la caja.",
  "update.now.installing": "Se está instalando la versión {version}. La caja vuelve por sí sola.",
  "update.waits.training": "La versión {version} está aquí. Espera a que termine la práctica.",
  "update.waits.terminalPending":
    "La versión {version} está aquí. Espera la respuesta del terminal de tarjetas.",
  "update.waits.openBasket":
    "La versión {version} está aquí. Espera a que cada cesta abierta se venda o se aparque.",
  "update.waits.paidParked": "La versión {version} está aquí. Hay una cesta aparcada pagada en parte.",
  "update.waits.unsentEntries": "La versión {version} está aquí. Espera a que todo se envíe al servidor.",
  "update.waits.notYet": "La versión {version} está aquí. La central permite instalarla a partir de {time}.",
  "update.failed.download": "No se pudo descargar la versión {version}. La caja lo intenta de nuevo: {time}.",
  "update.failed.install": "No se pudo instalar la versión {version}. La caja lo intenta de nuevo: {time}.",
  "update.install": "Instalar ahora",
  "update.allow": "Instalar ahora la versión nueva en esta caja. La caja se reinicia.",
  "refused.training": "Termine antes la práctica.",
  "refused.openBasket": "Hay una cesta abierta. Véndala o apárquela antes, también las de los compañeros.",
  "refused.paidParked": "Hay una cesta aparcada pagada en parte. Termínela antes.",
  "refused.unsentEntries": "Aún no se ha enviado todo al servidor. Espere hasta entonces.",
  "refused.notYet": "La central aún no permite instalar la versión nueva.",
  "refused.noUpdate": "Aquí no hay ninguna versión nueva que instalar.",
} satisfies Partial<Catalogue>;
