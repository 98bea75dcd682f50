import type { Catalogue } from "../catalogue.ts";

/** The words of the till itself: pairing, signing in, connection, settings, keys, and why not. In French. */
export const TILL_FRENCH = {
  "app.name": "Onetill",
  "app.register": "Caisse {register}",
  "app.engineAway": "Le programme de caisse redémarre… Ce qui est saisi est conservé.",
  "app.engineGone":
    "Le programme de caisse ne revient pas. Redémarrez la caisse ; ce qui est saisi est conservé.",
  "app.close": "Fermer",
  "app.undo": "Annuler",
  "app.done": "Terminé",
  "app.loading": "Un instant…",
  "app.backShort": "Retour",

  "pairing.title": "Bienvenue chez Onetill",
  "pairing.intro":
    "Cette caisse n’a jamais été en ligne et ne connaît pas encore son magasin. Connectez-la une fois ; ensuite, elle vend avec ou sans réseau.",
  "pairing.server": "Adresse du serveur",
  "pairing.code": "Code d’appairage",
  "pairing.codeHint":
    "Huit lettres et chiffres. Le siège le crée dans la console, sous « Tills » ; il sert une seule fois, pendant 15 minutes.",
  "pairing.step1":
    "Dans la console du siège, ouvrez « Tills » et créez un code d’appairage pour votre magasin.",
  "pairing.step2": "Saisissez ici l’adresse du serveur et le code, ou scannez le code.",
  "pairing.step3": "Articles, prix et équipe arrivent tout seuls. Identifiez-vous, puis vendez.",
  "pairing.promise": "Rien de ce qui est vendu ici ne se perd, en ligne ou non.",
  "pairing.connect": "Connecter cette caisse",
  "pairing.connecting": "Connexion…",
  "pairing.refused.codeUnknown": "Ce code est inconnu ou déjà utilisé. Demandez-en un nouveau au siège.",
  "pairing.refused.codeExpired": "Ce code a expiré. Demandez-en un nouveau au siège.",
  "pairing.refused.keyRevoked":
    "Le siège a bloqué cette caisse. Faites-la réinstaller dans un dossier vide, puis connectez-la avec un nouveau code.",
  "pairing.refused.unreachable":
    "Le serveur ne répond pas. Vérifiez l’adresse et le réseau de cette caisse, puis réessayez.",
  "pairing.refused.alreadyPaired": "Cette caisse est déjà appairée.",
  "pairing.refused.notAServer": "Quelque chose répond à cette adresse, mais ce n’est pas un serveur Onetill.",
  "pairing.refused.tooManyRequests": "Trop de tentatives. Patientez une minute, puis réessayez.",
  "pairing.refused.badAddress": "Saisissez une adresse qui commence par http:// ou https://.",

  "preparing.title": "Préparation de {store}",
  "preparing.text":
    "Articles, prix et équipe sont en route. Vous pourrez vous identifier dès que les premiers seront là.",
  "preparing.neverOnline":
    "En attente du serveur. Dès que la connexion est là, la suite se fait toute seule.",

  "lock.title": "Qui est à la caisse ?",
  "lock.pinFor": "Votre code PIN, {name}",
  "lock.pinEntered": "Chiffres saisis : {count} sur 6",
  "lock.digits": "Pavé numérique",
  "lock.delete": "Effacer le dernier chiffre",
  "lock.other": "Quelqu’un d’autre",
  "lock.noScan": "Identifiez-vous d’abord, puis scannez.",
  "lock.role.cashier": "Vente",
  "lock.role.manager": "Responsable",
  "lock.refused.wrongPin": "Ce code PIN n’est pas le bon. Réessayez.",
  "lock.refused.throttled": "Trop de codes PIN erronés.",
  "lock.refused.unknownStaff": "Cette personne ne travaille plus ici.",
  "lock.refused.rosterExpired":
    "Cette caisse est hors ligne depuis trop longtemps pour savoir qui peut travailler ici. Connectez-la une fois au serveur.",
  "lock.refused.storage": "La caisse ne peut pas écrire sur son disque. Libérez de la place, puis réessayez.",
  "lock.noStaff": "Encore personne. Le siège ajoute l’équipe ; elle apparaît ici toute seule.",

  "bar.park": "Attente",
  "bar.recall": "Rappel",
  "bar.tickets": "Tickets",
  "bar.settings": "Réglages",
  "bar.shortcuts": "Touches",
  "bar.lockAs": "Verrouiller la caisse, {name}",

  "sync.label": "Synchronisation",
  "sync.online": "En ligne",
  "sync.attention": "À vérifier",
  "sync.offlineSince": "Hors ligne depuis {time}",
  "sync.neverOnline": "Jamais en ligne",
  "sync.unsent": "non envoyés : {count}",
  "sync.firstSync": "1re synchro {percent} %",
  "sync.title": "Connexion et données",
  "sync.explain.online": "Tout parvient au siège au fur et à mesure.",
  "sync.explain.offline":
    "La caisse continue de vendre. Ce qui est vendu reste sur cet appareil et part tout seul dès que le serveur est de retour.",
  "sync.explain.neverOnline": "Cette caisse n’a pas encore joint son serveur. Elle continue d’essayer.",
  "sync.now": "Synchroniser maintenant",
  "sync.row.unsent": "Opérations pas encore envoyées",
  "sync.row.oldest": "La plus ancienne",
  "sync.row.contact": "Dernier contact avec le serveur",
  "sync.row.clock": "Horloge par rapport au serveur",
  "sync.row.products": "Articles sur cette caisse",
  "sync.never": "jamais",
  "sync.clockRight": "à l’heure",
  "sync.clockOff": "{minutes} min d’écart : réglez l’heure de cet appareil",
  "sync.policy.warn": "Cette caisse est hors ligne depuis plusieurs jours. Connectez-la bientôt.",
  "sync.policy.manager":
    "Hors ligne depuis trop longtemps : jusqu’à la connexion, seul un responsable peut vendre.",
  "sync.trouble.deviceRevoked":
    "Cette caisse est hors service : le siège l’a bloquée, ou son numéro continue sur une autre machine. Ses ventes sont toujours ici ; appelez le siège.",
  "sync.trouble.notKnown":
    "Le serveur ne connaît pas cette caisse : il a été ramené à un jour antérieur, ou c’est un autre. Vous pouvez continuer à vendre, tout est conservé ici. Appelez le siège.",
  "sync.trouble.storeNotKnown":
    "Le serveur a été ramené à un jour antérieur et ne connaît ni cette caisse ni son magasin. Vous pouvez continuer à vendre, tout est conservé ici. Demandez au siège de recréer le magasin (Tills) : tout sera alors envoyé automatiquement.",
  "sync.trouble.pairAnew":
    "Les enregistrements de cette caisse ont disparu de son disque, et le serveur a été ramené à un jour où il ne la connaissait pas encore. Elle ne peut pas vendre. Demandez au siège un code d’appairage et réinstallez la caisse dans un dossier vide.",
  "sync.trouble.journalRefused":
    "Le serveur n’accepte pas les enregistrements de cette caisse. Ils restent ici ; appelez le siège.",
  "sync.trouble.protocolTooOld":
    "Les versions de la caisse et du serveur ne vont pas ensemble. Mettez le serveur à jour.",
  "sync.trouble.diskFull": "Le disque est plein. Libérez de la place.",
  "sync.trouble.storageDamaged": "Les données de la caisse sont endommagées. Appelez le siège.",
  "sync.records.database":
    "La base de données de cette caisse était endommagée ou absente. Elle a été reconstruite à partir de sa seconde copie : toutes les ventes terminées y sont. Vérifiez les paniers en cours et les appareils, et prévenez le siège.",
  "sync.records.copy":
    "La seconde copie des ventes de cette caisse était endommagée ou absente et a été réécrite : toutes les ventes y sont. Prévenez le siège : le disque est peut-être défaillant.",
  "sync.records.both":
    "Les deux copies des ventes de cette caisse étaient endommagées et ont été rétablies l’une par l’autre : toutes les ventes terminées y sont. Prévenez le siège : le disque est peut-être défaillant.",
  "sync.records.given":
    "Les deux copies des ventes de cette caisse étaient endommagées au même endroit. Ce qui manquait aux deux est revenu du serveur : toutes les ventes terminées y sont. Vérifiez les paniers en cours et les appareils, et prévenez le siège : le disque est peut-être défaillant.",
  "sync.records.asking":
    "Les deux copies des ventes de cette caisse sont endommagées au même endroit. Elle vendra de nouveau d’elle-même dès que le serveur lui aura rendu ce qui manque aux deux. Vérifiez le réseau ; si la caisse est en ligne, le serveur doit être mis à jour : prévenez le siège.",
  "sync.records.unsure":
    "Les deux copies des ventes de cette caisse étaient endommagées à leur fin. Ce qui a pu être lu et ce qu’avait le serveur est là. Personne ne peut dire si ceci avait aussi été écrit : {missing}. Regardez si un ticket imprimé porte déjà ce numéro, car il est utilisé maintenant, et prévenez le siège : le disque est peut-être défaillant.",
  "sync.records.incomplete":
    "Les deux copies des ventes de cette caisse sont endommagées au même endroit, et le serveur n’a pas non plus ce qui manque : {missing}. Elle ne vend rien, pour qu’aucun numéro de ticket ne serve deux fois. Laissez son dossier tel quel et appelez l’assistance : ce qu’il contient peut encore être lu. Pour continuer à vendre, installez la caisse dans un dossier vide avec un code d’appairage du siège.",
  "sync.records.missing.receipt": "ticket {first}, écrit entre {from} et {until}",
  "sync.records.missing.receipts": "tickets {first} à {last}, écrits entre {from} et {until}",
  "sync.records.missing.noReceipt": "des écritures sans ticket, entre {from} et {until}",
  "sync.records.missing.unknown": "(inconnu)",
  "sync.records.forked":
    "Les deux copies des ventes de cette caisse ne disaient pas la même chose. Elle continue avec sa base de données, l’autre a été mise de côté. Appelez le siège.",
  "sync.records.oneCopy":
    "La seconde copie des ventes de cette caisse ne peut pas être écrite. Vous pouvez continuer à vendre. Appelez le siège : le disque est peut-être défaillant.",
  "sync.records.hurt":
    "La base de données de cette caisse a été endommagée en cours de marche et rien ne peut être terminé. Fermez la caisse et redémarrez-la : elle se répare elle-même, et chaque vente terminée est conservée.",
  "sync.records.replica":
    "Ce que cette caisse a lu du serveur est endommagé sur son disque. Elle continue de vendre avec ce qu’elle peut lire : des articles, des prix ou des commandes peuvent manquer ou être faux. Fermez le programme et redémarrez-le une fois, quand la caisse est en ligne et que personne ne vend : elle jette alors tout cela et le relit, et personne ne peut s’identifier avant. Ne la redémarrez pas tant que le serveur est injoignable. Prévenez le siège : le disque est peut-être défaillant.",
  "sync.records.readAnew":
    "Ce que cette caisse avait lu du serveur n’était plus lisible sur son disque. Elle a tout jeté en démarrant et le relit du serveur ; chaque vente terminée est conservée. Prévenez le siège : le disque est peut-être défaillant.",
  "sync.records.waiting":
    "Les données de cette caisse ont disparu de son disque. Elle vendra de nouveau dès qu’elle aura joint le serveur. Vérifiez le réseau.",
  "sync.records.lost":
    "Les données de cette caisse avaient disparu. Elle reprend là où le serveur la connaissait ; les ventes non envoyées sont perdues. Appelez le siège.",
  "sync.letIn":
    "Le serveur a été ramené à un jour antérieur et a réadmis cette caisse. Elle renvoie ce qui manque là-bas ; rien n’est perdu.",
  "sync.records.read": "Compris",
  "sync.records.confirm":
    "Confirmer ce que cette caisse dit de ses propres ventes : {said} Elle ne le dira plus, ni ici ni au siège.",

  "settings.title": "Réglages de cette caisse",
  "settings.host": "Adresse réseau",
  "settings.port": "Port",
  "settings.columns": "Largeur du papier",
  "settings.columns.32": "58 mm",
  "settings.columns.42": "80 mm, 42 caractères",
  "settings.columns.48": "80 mm, 48 caractères",
  "settings.look": "Apparence",
  "settings.theme.light": "Clair",
  "settings.theme.dark": "Sombre",
  "settings.sounds": "Sons",
  "settings.sounds.on": "Activés",
  "settings.sounds.off": "Coupés",
  "settings.language": "Langue",
  "settings.language.store": "Comme le magasin",

  "shortcuts.title": "Touches",
  "shortcuts.search": "Rechercher",
  "shortcuts.park": "Mettre le panier en attente",
  "shortcuts.recall": "Reprendre un panier en attente",
  "shortcuts.quantity": "Quantité de la dernière ligne",
  "shortcuts.discount": "Remise sur le panier",
  "shortcuts.pay": "Encaisser",
  "shortcuts.exactCash": "Appoint en espèces : termine la vente",
  "shortcuts.help": "Cet aperçu",
  "shortcuts.back": "Retour",

  "refused.notSignedIn": "Identifiez-vous d’abord.",
  "refused.notPermitted": "Vous n’y êtes pas autorisé. Demandez à un responsable.",
  "refused.noSuchLine": "Cette ligne n’existe plus.",
  "refused.engineAway": "Le programme de caisse vient de redémarrer. Vérifiez le panier, puis continuez.",
  "refused.noSuchItem": "Le code {code} est inconnu ici.",
  "refused.noPrice": "Cet article n’a pas encore de prix et ne peut pas être vendu. Le siège le fixe.",
  "refused.tooManyLines": "Le panier est plein. Terminez cette vente, puis commencez-en une autre.",
  "refused.quantityOutOfRange": "Une quantité est un nombre entier de 1 à 9 999.",
  "refused.amountTooLarge":
    "C’est plus d’argent qu’une caisse ne peut compter. Vérifiez le prix et le montant.",
  "refused.discountTooLarge": "La remise dépasse le prix de l’article.",
  "refused.discountNotPositive": "Une remise est supérieure à zéro.",
  "refused.paymentStarted": "L’encaissement a commencé. Retirez les règlements pris pour modifier le panier.",
  "refused.emptyBasket": "Le panier est vide.",
  "refused.noSuchBasket": "Ce panier n’existe plus.",
  "refused.nothingToUndo": "Il n’y a rien à annuler.",
  "refused.wrongCurrency": "C’est une autre devise.",
  "refused.managerNeeded": "Hors ligne depuis trop longtemps : un responsable doit s’identifier pour vendre.",
  "refused.shiftNeeded": "Aucun service ouvert : comptez le fond de caisse et ouvrez-en un avant de vendre.",
  "refused.shiftForgotten":
    "Ce service date d’un jour précédent : comptez le tiroir et clôturez-le, puis ouvrez-en un pour aujourd’hui.",
  "refused.storage":
    "La caisse ne peut pas écrire sur son disque. Libérez de la place, puis réessayez : rien n’est perdu.",
  "refused.amountNotPositive": "Saisissez un montant supérieur à zéro.",
  "refused.cardExceedsRemaining": "Une carte ne peut pas payer plus que le reste dû.",
  "refused.approvalCodeMissing": "Saisissez le numéro d’autorisation affiché par le terminal de paiement.",
  "refused.tooManyTenders": "Cela fait trop de règlements pour un seul ticket.",
  "refused.notPaid": "Il reste quelque chose à payer.",
  "refused.noSuchTender": "Ce règlement a déjà été retiré.",
  "refused.alreadyPaid": "Tout est payé. Terminez la vente.",
  "refused.noSuchTicket": "Ce ticket n’est pas sur cette caisse.",
  "refused.noPrinter": "Aucune imprimante configurée. Choisissez-en une dans les réglages.",
  "refused.unreachable": "L’imprimante ne répond pas. Vérifiez son câble et son adresse.",
  "refused.internal": "La caisse n’a pas pu le faire. Rien n’est perdu ; réessayez.",
} satisfies Partial<Catalogue>;
