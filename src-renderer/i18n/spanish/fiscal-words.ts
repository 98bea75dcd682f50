import type { Catalogue } from "../catalogue.ts";

/** The words of the fiscal device, in Spanish. */
export const FISCAL_SPANISH = {
  "fiscal.title": "Dispositivo fiscal",
  "fiscal.none": "No hay ningún dispositivo fiscal configurado: ninguno firma las ventas.",
  "fiscal.simulator": "Simulador (para probar, sin certificar)",
  "fiscal.works":
    "Funciona. Número de serie {serial}, transacciones: {transactions}, contador de firmas {counter}.",
  "fiscal.failed": "No firma: {why} Se sigue vendiendo, y los tickets lo dicen.",
  "fiscal.why.gone": "no se puede acceder a él.",
  "fiscal.why.slow": "no responde a tiempo.",
  "fiscal.why.full": "su memoria está llena.",
  "fiscal.why.certificateExpired": "su certificado ha caducado.",
  "fiscal.why.refused": "no aceptó la venta.",
  "fiscal.setUp": "Configurar el simulador",
  "fiscal.remove": "Quitar",
  "fiscal.test": "Preguntar ahora",
  "fiscal.saved": "El dispositivo fiscal está guardado",
  "fiscal.allow": "Autorizar el dispositivo fiscal",
  "fiscal.reason": "Configuración",
  "refused.noDriver": "Esta caja no tiene controlador para un dispositivo así.",
} satisfies Partial<Catalogue>;
