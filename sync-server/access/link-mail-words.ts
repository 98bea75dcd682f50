import type { ReceiptLanguage } from "#domain/receipt/language.ts";

/** What a mail with a link says. `hours`: how long the link opens, 24 or 72. */
export interface LinkMailWords {
  readonly subject: (retailer: string) => string;
  readonly greeting: (name: string) => string;
  readonly lead: (retailer: string) => string;
  readonly button: string;
  readonly opens: (hours: number) => string;
  readonly unasked: string;
}

type Words = Readonly<Record<"invite" | "reset", LinkMailWords>>;

const ENGLISH = {
  greeting: (name: string) => `Hello ${name},`,
  button: "Choose a password",
  opens: (hours: number) =>
    `The link opens once, within ${hours} hours. After that, ask an admin for another.`,
};
const GERMAN = {
  greeting: (name: string) => `Guten Tag ${name},`,
  button: "Passwort wählen",
  opens: (hours: number) =>
    `Der Link öffnet sich einmal, innerhalb von ${hours} Stunden. Danach bitten Sie einen Admin um einen neuen.`,
};
const FRENCH = {
  greeting: (name: string) => `Bonjour ${name},`,
  button: "Choisir un mot de passe",
  opens: (hours: number) =>
    `Le lien s’ouvre une seule fois, dans les ${hours} heures. Ensuite, demandez-en un autre à un administrateur.`,
};
const SPANISH = {
  greeting: (name: string) => `Hola, ${name}:`,
  button: "Elegir una contraseña",
  opens: (hours: number) =>
    `El enlace se abre una sola vez, en un plazo de ${hours} horas. Después, pida otro a un administrador.`,
};
const POLISH = {
  greeting: (name: string) => `Dzień dobry, ${name},`,
  button: "Wybierz hasło",
  opens: (hours: number) =>
    `Link otwiera się tylko raz, w ciągu ${hours} godzin. Potem proszę poprosić administratora o nowy.`,
};
const ARABIC = {
  greeting: (name: string) => `مرحبًا ${name}،`,
  button: "اختيار كلمة المرور",
  opens: (hours: number) =>
    `يُفتح الرابط مرة واحدة خلال ${hours} ساعة. بعد ذلك اطلبوا رابطًا آخر من أحد المسؤولين.`,
};

export const LINK_MAIL_WORDS: Readonly<Record<ReceiptLanguage, Words>> = {
  en: {
    invite: {
      ...ENGLISH,
      subject: (retailer) => `Your access to the headquarters of ${retailer}`,
      lead: (retailer) =>
        `You are invited to the headquarters console of ${retailer}. Choose the password that you will sign in with.`,
      unasked: "If you do not know what this is about, delete this mail: without the link nothing happens.",
    },
    reset: {
      ...ENGLISH,
      subject: (retailer) => `Choose another password for the headquarters of ${retailer}`,
      lead: (retailer) =>
        `An admin made you a link to choose another password for the headquarters console of ${retailer}. You are then signed out everywhere.`,
      unasked:
        "If you asked nobody for this, tell an admin. Until the link is used your password stays as it is.",
    },
  },
  de: {
    invite: {
      ...GERMAN,
      subject: (retailer) => `Ihr Zugang zur Zentrale von ${retailer}`,
      lead: (retailer) =>
        `Sie sind zur Konsole der Zentrale von ${retailer} eingeladen. Wählen Sie das Passwort, mit dem Sie sich anmelden.`,
      unasked:
        "Wenn Sie nicht wissen, worum es geht, löschen Sie diese Mail: Ohne den Link geschieht nichts.",
    },
    reset: {
      ...GERMAN,
      subject: (retailer) => `Neues Passwort für die Zentrale von ${retailer}`,
      lead: (retailer) =>
        `Ein Admin hat Ihnen einen Link gemacht, um ein anderes Passwort für die Konsole der Zentrale von ${retailer} zu wählen. Danach sind Sie überall abgemeldet.`,
      unasked:
        "Wenn Sie niemanden darum gebeten haben, sagen Sie es einem Admin. Solange der Link nicht benutzt wird, bleibt Ihr Passwort, wie es ist.",
    },
  },
  fr: {
    invite: {
      ...FRENCH,
      subject: (retailer) => `Votre accès au siège de ${retailer}`,
      lead: (retailer) =>
        `Vous êtes invité à la console du siège de ${retailer}. Choisissez le mot de passe avec lequel vous vous connecterez.`,
      unasked:
        "Si vous ne savez pas de quoi il s’agit, supprimez ce message : sans le lien, rien ne se passe.",
    },
    reset: {
      ...FRENCH,
      subject: (retailer) => `Nouveau mot de passe pour le siège de ${retailer}`,
      lead: (retailer) =>
        `Un administrateur vous a préparé un lien pour choisir un autre mot de passe pour la console du siège de ${retailer}. Vous serez ensuite déconnecté partout.`,
      unasked:
        "Si vous ne l’avez demandé à personne, prévenez un administrateur. Tant que le lien n’est pas utilisé, votre mot de passe reste le même.",
    },
  },
  es: {
    invite: {
      ...SPANISH,
      subject: (retailer) => `Su acceso a la central de ${retailer}`,
      lead: (retailer) =>
        `Tiene una invitación a la consola de la central de ${retailer}. Elija la contraseña con la que iniciará sesión.`,
      unasked: "Si no sabe de qué se trata, borre este mensaje: sin el enlace no ocurre nada.",
    },
    reset: {
      ...SPANISH,
      subject: (retailer) => `Otra contraseña para la central de ${retailer}`,
      lead: (retailer) =>
        `Un administrador le ha preparado un enlace para elegir otra contraseña de la consola de la central de ${retailer}. Después se cierran todas sus sesiones.`,
      unasked:
        "Si no se lo ha pedido a nadie, avise a un administrador. Mientras no se use el enlace, su contraseña sigue siendo la misma.",
    },
  },
  pl: {
    invite: {
      ...POLISH,
      subject: (retailer) => `Dostęp do centrali ${retailer}`,
      lead: (retailer) =>
        `To zaproszenie do konsoli centrali ${retailer}. Proszę wybrać hasło, którym będzie się Pan(i) logować.`,
      unasked: "Jeśli nie wie Pan(i), o co chodzi, proszę usunąć tę wiadomość: bez linku nic się nie stanie.",
    },
    reset: {
      ...POLISH,
      subject: (retailer) => `Nowe hasło do centrali ${retailer}`,
      lead: (retailer) =>
        `Administrator przygotował link, którym można wybrać inne hasło do konsoli centrali ${retailer}. Potem nastąpi wylogowanie wszędzie.`,
      unasked:
        "Jeśli nikt o to nie prosił, proszę powiedzieć administratorowi. Dopóki link nie zostanie użyty, hasło pozostaje bez zmian.",
    },
  },
  ar: {
    invite: {
      ...ARABIC,
      subject: (retailer) => `دخولكم إلى الإدارة المركزية لدى ${retailer}`,
      lead: (retailer) =>
        `أنتم مدعوون إلى لوحة الإدارة المركزية لدى ${retailer}. اختاروا كلمة المرور التي ستدخلون بها.`,
      unasked: "إذا كنتم لا تعرفون سبب هذه الرسالة فاحذفوها: لا يحدث شيء من دون الرابط.",
    },
    reset: {
      ...ARABIC,
      subject: (retailer) => `كلمة مرور جديدة للإدارة المركزية لدى ${retailer}`,
      lead: (retailer) =>
        `أعدّ لكم أحد المسؤولين رابطًا لاختيار كلمة مرور أخرى للوحة الإدارة المركزية لدى ${retailer}. بعدها يُسجَّل خروجكم من كل مكان.`,
      unasked: "إذا لم تطلبوا ذلك من أحد فأخبروا أحد المسؤولين. تبقى كلمة مروركم كما هي ما لم يُستخدم الرابط.",
    },
  },
};
