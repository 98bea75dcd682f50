import type { Catalogue } from "../catalogue.ts";

/** The words of weighed goods, typed prices, deposits and customers' prices, in Spanish. */
export const PRICE_SPANISH = {
  "price.perKilo": "{price}/kg",
  "price.weighed": "{weight} × {price}/kg",
  "price.kilograms": "{weight} kg",
  "price.grams": "{grams} g",
  "price.open": "Precio a mano",
  "price.tier": "desde {from}: {price}",
  "price.before": "antes {price}",
  "price.lowest30": "precio más bajo de los últimos 30 días: {price}",
  "price.weigh": "Peso en gramos",
  "price.weighHint": "Escriba lo que marca la balanza, en gramos.",
  "price.type": "Precio",
  "price.typeHint": "Escriba lo que cuesta.",
  "price.ring": "Registrar",
  "price.ringFor": "Registrar por {price}",
  "price.linked.deposit": "Depósito",
  "price.linked.levy": "Tasa",
  "price.linked.bag": "Bolsa",
  "price.groups": "Precios: {groups}",
  "price.changed.one": "Ha cambiado {count} precio de la cesta.",
  "price.changed.many": "Han cambiado {count} precios de la cesta.",
  "price.changed.other": "Han cambiado {count} precios de la cesta.",
  "refused.linkedLine": "Esto va con el artículo de arriba: cambie o quite aquel.",
  "refused.weighedLine": "Un paquete pesado es una unidad. Pese también el siguiente.",
  "refused.notOrderable": "Lo que se vende a peso solo se vende en tienda, no por pedido. Quítelo primero.",
  "refused.weightNeeded": "Esto se vende a peso: escriba cuántos gramos pesa.",
  "refused.notByWeight":
    "La etiqueta indica un peso, pero este artículo no se vende a peso. Pregunte a la central.",
  "refused.priceNeeded": "Escriba lo que cuesta.",
  "refused.priceNotPositive": "Escriba un precio mayor que cero.",
  "refused.linkedMissing":
    "El depósito, la tasa o la bolsa que va con esto no tiene precio aquí. Pregunte a la central.",
  "refused.scaleLabelDamaged":
    "La etiqueta de la balanza no se puede leer. Escanéela otra vez o pese de nuevo el paquete.",
} satisfies Partial<Catalogue>;
