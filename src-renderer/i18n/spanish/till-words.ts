import type { Catalogue } from "../catalogue.ts";

/** The words of the till itself: pairing, signing in, connection, settings, keys, and why not. In Spanish. */
export const TILL_SPANISH = {
  "app.name": "Onetill",
  "app.register": "Caja {register}",
  "app.engineAway": "El programa de caja se está reiniciando… Lo registrado está a salvo.",
  "app.engineGone": "El programa de caja no vuelve. Reinicie la caja; lo registrado está a salvo.",
  "app.close": "Cerrar",
  "app.undo": "Deshacer",
  "app.done": "Listo",
  "app.loading": "Un momento…",
  "app.backShort": "Volver",

  "pairing.title": "Bienvenido a Onetill",
  "pairing.intro":
    "Esta caja nunca ha estado en línea y aún no conoce su tienda. Conéctela una vez; desde entonces vende con o sin red.",
  "pairing.server": "Dirección del servidor",
  "pairing.code": "Código de vinculación",
  "pairing.codeHint":
    "Ocho letras y cifras. La central lo crea en la consola, en «Tills»; sirve una sola vez, durante 15 minutos.",
  "pairing.step1":
    "En la consola de la central, abra «Tills» y cree un código de vinculación para su tienda.",
  "pairing.step2": "Escriba aquí la dirección del servidor y el código, o escanee el código.",
  "pairing.step3": "Los artículos, precios y compañeros llegan solos. Después, identifíquese y venda.",
  "pairing.promise": "Nada de lo que venda aquí se pierde, con o sin conexión.",
  "pairing.connect": "Conectar esta caja",
  "pairing.connecting": "Conectando…",
  "pairing.refused.codeUnknown": "Este código no se conoce o ya se usó. Pida uno nuevo a la central.",
  "pairing.refused.codeExpired": "Este código ha caducado. Pida uno nuevo a la central.",
  "pairing.refused.keyRevoked":
    "La central ha bloqueado esta caja. Pida que la instalen de nuevo en una carpeta vacía y conéctela con otro código.",
  "pairing.refused.unreachable":
    "El servidor no responde. Compruebe la dirección y la red de esta caja e inténtelo de nuevo.",
  "pairing.refused.alreadyPaired": "Esta caja ya está vinculada.",
  "pairing.refused.notAServer": "Algo responde en esta dirección, pero no es un servidor Onetill.",
  "pairing.refused.tooManyRequests": "Demasiados intentos. Espere un minuto e inténtelo de nuevo.",
  "pairing.refused.badAddress": "Escriba una dirección que empiece por http:// o https://.",

  "preparing.title": "Preparando {store}",
  "preparing.text":
    "Los artículos, precios y compañeros están en camino. Podrá identificarse en cuanto lleguen los primeros.",
  "preparing.neverOnline": "Esperando al servidor. En cuanto haya conexión, esto sigue solo.",

  "lock.title": "¿Quién está en la caja?",
  "lock.pinFor": "Su PIN, {name}",
  "lock.pinEntered": "Cifras introducidas: {count} de 6",
  "lock.digits": "Teclado numérico",
  "lock.delete": "Borrar la última cifra",
  "lock.other": "Otra persona",
  "lock.noScan": "Identifíquese primero y luego escanee.",
  "lock.role.cashier": "Dependiente",
  "lock.role.manager": "Encargado",
  "lock.refused.wrongPin": "Ese PIN no es correcto. Inténtelo de nuevo.",
  "lock.refused.throttled": "Demasiados PIN incorrectos.",
  "lock.refused.unknownStaff": "Esta persona ya no trabaja aquí.",
  "lock.refused.rosterExpired":
    "Esta caja lleva demasiado tiempo sin conexión para saber quién puede trabajar aquí. Conéctela una vez al servidor.",
  "lock.refused.storage": "La caja no puede escribir en su disco. Libere espacio e inténtelo de nuevo.",
  "lock.noStaff": "Aún no hay nadie. La central añade a los compañeros; aparecen aquí solos.",

  "bar.park": "Aparcar",
  "bar.recall": "Retomar",
  "bar.tickets": "Tickets",
  "bar.settings": "Ajustes",
  "bar.shortcuts": "Teclas",
  "bar.lockAs": "Bloquear la caja, {name}",

  "sync.label": "Sincronización",
  "sync.online": "En línea",
  "sync.attention": "Requiere atención",
  "sync.offlineSince": "Sin conexión desde {time}",
  "sync.neverOnline": "Nunca en línea",
  "sync.unsent": "{count} sin enviar",
  "sync.firstSync": "Primera carga {percent} %",
  "sync.title": "Conexión y datos",
  "sync.explain.online": "Todo llega a la central al momento.",
  "sync.explain.offline":
    "La caja sigue vendiendo. Lo vendido se guarda en este equipo y se envía solo cuando vuelve el servidor.",
  "sync.explain.neverOnline": "Esta caja aún no ha contactado con su servidor. Lo sigue intentando sola.",
  "sync.now": "Sincronizar ahora",
  "sync.row.unsent": "Operaciones sin enviar",
  "sync.row.oldest": "La más antigua",
  "sync.row.contact": "Último contacto con el servidor",
  "sync.row.clock": "Reloj respecto al servidor",
  "sync.row.products": "Artículos en esta caja",
  "sync.never": "nunca",
  "sync.clockRight": "en hora",
  "sync.clockOff": "{minutes} min de desfase: ponga en hora este equipo",
  "sync.policy.warn": "Esta caja lleva días sin conexión. Conéctela pronto.",
  "sync.policy.manager":
    "Demasiado tiempo sin conexión: hasta que se conecte, solo puede vender un encargado.",
  "sync.trouble.deviceRevoked":
    "Esta caja está fuera de servicio: la central la ha bloqueado o su número sigue en otro equipo. Lo que vendió sigue aquí; llame a la central.",
  "sync.trouble.notKnown":
    "El servidor no conoce esta caja: se ha restaurado a un día anterior o es otro. Puede seguir vendiendo; todo se conserva aquí. Llame a la central.",
  "sync.trouble.storeNotKnown":
    "El servidor se ha restaurado a un día anterior y no conoce ni esta caja ni su tienda. Puede seguir vendiendo; todo se conserva aquí. Pida a la central que vuelva a crear la tienda (Tills): entonces se enviará todo automáticamente.",
  "sync.trouble.pairAnew":
    "Los registros de esta caja han desaparecido de su disco, y el servidor se ha restaurado a un día en que aún no la conocía. No puede vender. Pida a la central un código de vinculación y configure la caja de nuevo en una carpeta vacía.",
  "sync.trouble.journalRefused":
    "El servidor no acepta los registros de esta caja. Se conservan aquí; llame a la central.",
  "sync.trouble.protocolTooOld":
    "Las versiones de la caja y del servidor no son compatibles. Actualice el servidor.",
  "sync.trouble.diskFull": "El disco está lleno. Libere espacio.",
  "sync.trouble.storageDamaged": "Los datos de la caja están dañados. Llame a la central.",
  "sync.records.database":
    "La base de datos de esta caja estaba dañada o faltaba. Se ha reconstruido a partir de su segunda copia: están todas las ventas terminadas. Revise las cestas abiertas y los dispositivos, y avise a la central.",
  "sync.records.copy":
    "La segunda copia de las ventas de esta caja estaba dañada o faltaba y se ha escrito de nuevo: están todas las ventas. Avise a la central: puede que el disco falle.",
  "sync.records.both":
    "Las dos copias de las ventas de esta caja estaban dañadas y se han reparado una con la otra: están todas las ventas terminadas. Avise a la central: puede que el disco falle.",
  "sync.records.given":
    "Las dos copias de las ventas de esta caja estaban dañadas en el mismo sitio. Lo que faltaba en ambas ha vuelto del servidor: están todas las ventas terminadas. Revise las cestas abiertas y los dispositivos, y avise a la central: puede que el disco falle.",
  "sync.records.asking":
    "Las dos copias de las ventas de esta caja están dañadas en el mismo sitio. Volverá a vender por sí sola en cuanto el servidor le dé lo que falta en ambas. Revise la red; si la caja está en línea, el servidor necesita una actualización: avise a la central.",
  "sync.records.unsure":
    "Las dos copias de las ventas de esta caja estaban dañadas al final. Está todo lo que se pudo leer y lo que tenía el servidor. Nadie puede saber si también se escribió esto: {missing}. Mire si un ticket impreso ya lleva ese número, pues se usa ahora, y avise a la central: puede que el disco falle.",
  "sync.records.incomplete":
    "Las dos copias de las ventas de esta caja están dañadas en el mismo sitio, y el servidor tampoco tiene lo que falta: {missing}. No vende nada, para que ningún número de ticket se use dos veces. Deje su carpeta como está y llame a soporte: lo que contiene todavía se puede leer. Para seguir vendiendo, configure la caja en una carpeta vacía con un código de vinculación de la central.",
  "sync.records.missing.receipt": "ticket {first}, escrito entre {from} y {until}",
  "sync.records.missing.receipts": "tickets {first} a {last}, escritos entre {from} y {until}",
  "sync.records.missing.noReceipt": "registros sin ticket, escritos entre {from} y {until}",
  "sync.records.missing.unknown": "(no se sabe)",
  "sync.records.forked":
    "Las dos copias de las ventas de esta caja no decían lo mismo. Sigue con su base de datos y la otra se ha apartado. Llame a la central.",
  "sync.records.oneCopy":
    "No se puede escribir la segunda copia de las ventas de esta caja. Puede seguir vendiendo. Llame a la central: puede que el disco falle.",
  "sync.records.hurt":
    "La base de datos de esta caja se ha dañado en marcha y no se puede terminar nada. Cierre la caja y vuelva a iniciarla: se repara sola y conserva todas las ventas terminadas.",
  "sync.records.replica":
    "Lo que esta caja ha leído del servidor está dañado en su disco. Sigue vendiendo con lo que puede leer: pueden faltar artículos, precios o pedidos, o ser erróneos. Cierre el programa e inícielo una vez, cuando la caja esté en línea y nadie esté vendiendo: entonces descarta todo eso y lo lee de nuevo, y nadie puede iniciar sesión antes. No la reinicie mientras no se pueda llegar al servidor. Avise a la central: puede que el disco falle.",
  "sync.records.readAnew":
    "Lo que esta caja había leído del servidor ya no se podía leer en su disco. Lo descartó todo al iniciarse y lo lee de nuevo del servidor; se conservan todas las ventas terminadas. Avise a la central: puede que el disco falle.",
  "sync.records.waiting":
    "Los registros de esta caja han desaparecido del disco. Volverá a vender en cuanto llegue al servidor. Revise la red.",
  "sync.records.lost":
    "Los registros de esta caja habían desaparecido. Sigue donde el servidor la conocía; las ventas no enviadas se han perdido. Llame a la central.",
  "sync.letIn":
    "El servidor se ha restaurado a un día anterior y ha vuelto a admitir esta caja. La caja envía de nuevo lo que allí falta; no se ha perdido nada.",
  "sync.records.read": "Entendido",
  "sync.records.confirm":
    "Confirmar lo que esta caja dice de sus propias ventas: {said} Ya no lo dirá, ni aquí ni a la central.",

  "settings.title": "Ajustes de esta caja",
  "settings.host": "Dirección de red",
  "settings.port": "Puerto",
  "settings.columns": "Ancho del papel",
  "settings.columns.32": "58 mm",
  "settings.columns.42": "80 mm, 42 columnas",
  "settings.columns.48": "80 mm, 48 columnas",
  "settings.look": "Aspecto",
  "settings.theme.light": "Claro",
  "settings.theme.dark": "Oscuro",
  "settings.sounds": "Sonidos",
  "settings.sounds.on": "Sí",
  "settings.sounds.off": "No",
  "settings.language": "Idioma",
  "settings.language.store": "Como la tienda",

  "shortcuts.title": "Teclas",
  "shortcuts.search": "Buscar",
  "shortcuts.park": "Aparcar la cesta",
  "shortcuts.recall": "Retomar una cesta aparcada",
  "shortcuts.quantity": "Cantidad de la última línea",
  "shortcuts.discount": "Descuento en la cesta",
  "shortcuts.pay": "Cobrar",
  "shortcuts.exactCash": "Importe exacto en efectivo: termina la venta",
  "shortcuts.help": "Este resumen",
  "shortcuts.back": "Volver",

  "refused.notSignedIn": "Identifíquese primero.",
  "refused.notPermitted": "No tiene permiso para esto. Pregunte a un encargado.",
  "refused.noSuchLine": "Esta línea ya no existe.",
  "refused.engineAway": "El programa de caja se acaba de reiniciar. Revise la cesta y continúe.",
  "refused.noSuchItem": "El código {code} no se conoce aquí.",
  "refused.noPrice": "Este artículo aún no tiene precio y no se puede vender. Lo fija la central.",
  "refused.tooManyLines": "La cesta está llena. Termine esta venta y empiece otra.",
  "refused.quantityOutOfRange": "Una cantidad es un número entero de 1 a 9999.",
  "refused.amountTooLarge": "Es más dinero del que una caja puede contar. Revise el precio y el importe.",
  "refused.discountTooLarge": "El descuento supera el precio del artículo.",
  "refused.discountNotPositive": "Un descuento es mayor que cero.",
  "refused.paymentStarted": "El cobro ha empezado. Retire los pagos para cambiar la cesta.",
  "refused.emptyBasket": "La cesta está vacía.",
  "refused.noSuchBasket": "Esta cesta ya no existe.",
  "refused.nothingToUndo": "No hay nada que deshacer.",
  "refused.wrongCurrency": "Esa es otra moneda.",
  "refused.managerNeeded": "Demasiado tiempo sin conexión: para vender debe identificarse un encargado.",
  "refused.shiftNeeded": "No hay ningún turno abierto: cuente el fondo y abra uno antes de vender.",
  "refused.shiftForgotten":
    "Este turno es de un día anterior: cuente el cajón y ciérrelo, y abra uno para hoy.",
  "refused.storage":
    "La caja no puede escribir en su disco. Libere espacio e inténtelo de nuevo: no se ha perdido nada.",
  "refused.amountNotPositive": "Escriba un importe mayor que cero.",
  "refused.cardExceedsRemaining": "Una tarjeta no puede pagar más de lo que falta.",
  "refused.approvalCodeMissing": "Escriba el número de autorización que muestra el datáfono.",
  "refused.tooManyTenders": "Son demasiados pagos para un solo ticket.",
  "refused.notPaid": "Todavía falta algo por pagar.",
  "refused.noSuchTender": "Este pago ya se retiró.",
  "refused.alreadyPaid": "Todo está pagado. Termine la venta.",
  "refused.noSuchTicket": "Este ticket no está en esta caja.",
  "refused.noPrinter": "No hay impresora configurada. Elija una en Ajustes.",
  "refused.unreachable": "La impresora no responde. Revise el cable y la dirección.",
  "refused.internal": "La caja no pudo hacerlo. No se ha perdido nada; inténtelo de nuevo.",
} satisfies Partial<Catalogue>;
