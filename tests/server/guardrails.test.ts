import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { unverified } from "../../server/copilot/guardrails.ts";
import { wordNumbers } from "../../server/copilot/numbers.ts";

const FACTS = [
  "29,90 € al mes, IVA incluido",
  "Fibra óptica de 300 Mbps",
  "Sin permanencia",
  "Instalación y router incluidos, sin coste",
  "14 días para desistir desde la instalación",
  "Atención todos los días de 9:00 a 21:00",
  "La oferta vale hasta el 31 de diciembre de 2026",
  "Teléfono de atención 900 100 200, www.fibra.example",
];
const marked = (answer: string) => unverified(answer, FACTS);

describe("numbers in words", () => {
  const table: [string, number[]][] = [
    ["veintinueve con noventa euros", [29.9]],
    ["treinta y cinco", [35]],
    ["mil doscientos", [1_200]],
    ["dos mil veintiséis", [2_026]],
    ["ciento veinte megas", [120]],
    ["two hundred and fifty", [250]],
    ["thirty-five", [30, 5]],
    ["veinte, treinta", [20, 30]],
    ["cincuenta por ciento", [50]],
    ["mándeme y tres amigos", [3]],
    ["sin número alguno", []],
  ];
  for (const [text, values] of table)
    test(text, () =>
      assert.deepEqual(
        wordNumbers(text).map(({ value }) => value),
        values,
      ),
    );
});

/** Invented answers: each template with each filling that no fact has. */
const FIGURES = ["19,90", "25", "35,50", "9.99", "49", "diecinueve con noventa", "treinta y cinco", "veinte"];
const PERCENTS = ["5", "10", "15", "30", "treinta", "20", "50", "cien", "veinticinco", "cuarenta"];
const DAYS = ["el 15 de enero", "el 3/12", "el 2027-01-31", "a las 8:30"];
const PLACES = ["www.ofertas.com", "https://alta.example/ya", "ventas@fibra.com", "fibra-barata.es/promo"];
const PHONES = ["600 123 456", "+34 911 222 333", "900.555.444", "912345678"];
const PROMISES = [
  "Le prometo que el precio nunca sube.",
  "Se lo garantizo.",
  "Tiene el primer mes de regalo.",
  "Es gratis para siempre.",
  "Es el más barato del mercado.",
  "Le devolvemos el dinero.",
  "No tiene ningún riesgo, sin riesgo.",
  "El precio es de por vida.",
  "Tiene datos ilimitados.",
  "Se lo instalamos mañana mismo.",
  "Lo tendrá activo antes del viernes.",
  "La oferta termina hoy mismo.",
  "It is guaranteed.",
  "I promise it never goes up.",
  "You get unlimited data.",
  "It will be installed by Monday, before Monday.",
];
const invented = [
  ...FIGURES.flatMap((figure) => [
    `Se lo dejo en ${figure} euros al mes. ¿Le parece bien?`,
    `Con nosotros paga ${figure} € y ya está.`,
    `Por solo ${figure} euros tiene todo incluido, sin permanencia.`,
    `It is only ${figure} euros a month.`,
  ]),
  ...PERCENTS.flatMap((percent) => [
    `Le hago un ${percent} por ciento de descuento.`,
    `Ahora mismo tiene un ${percent} % menos el primer año.`,
    `Ahorra hasta el ${percent} por ciento en su factura.`,
  ]),
  ...["3", "6", "12", "24", "tres", "seis", "dieciocho", "veinticuatro"].flatMap((months) => [
    `La permanencia es de ${months} meses.`,
    `Los primeros ${months} meses paga la mitad.`,
  ]),
  ...["500", "600", "1.000", "seiscientos", "mil"].flatMap((speed) => [
    `Tiene ${speed} megas de bajada.`,
    `Le subo a ${speed} Mbps sin pagar más.`,
  ]),
  ...["2", "3", "7", "30", "cinco", "quince"].flatMap((days) => [
    `Se lo instalamos en ${days} días.`,
    `Tiene ${days} días para devolverlo, sin explicaciones.`,
  ]),
  ...DAYS.flatMap((day) => [`Se lo activamos ${day}.`, `La oferta acaba ${day}, no más tarde.`]),
  ...PLACES.flatMap((place) => [`Puede darse de alta en ${place} ahora.`, `Escríbanos a ${place}.`]),
  ...PHONES.flatMap((phone) => [`Llámenos al ${phone}.`, `El soporte está en el ${phone}, siempre.`]),
  ...["calle Mayor 12", "avenida de América 40", "plaza de España 3", "Paseo Castellana 200"].map(
    (street) => `Nuestra tienda está en la ${street}.`,
  ),
  ...PROMISES,
  "Le sale a mitad de precio.",
  "Tiene el doble de velocidad.",
  "You pay half for now.",
  "Tiene dos años de garantía y un mes de prueba.",
  "Son 29,90 € al año.".replace("29,90", "99,90"),
  "Ahora 29 €, después lo que diga.",
  "Tiene 300 días para desistir.",
  "Le doy 14 meses.",
];

/** Honest answers: acknowledging, asking, and saying what the facts say. */
const OPENINGS = [
  "Le entiendo, es normal mirarlo bien.",
  "Claro, tiene toda la razón en preguntarlo.",
  "Comprendo que quiera pensarlo con calma.",
  "Gracias por decírmelo con sinceridad.",
  "Es una duda muy razonable.",
];
const SAYS = [
  "Son 29,90 € al mes con el IVA incluido.",
  "Por veintinueve con noventa euros al mes tiene la fibra de 300 Mbps.",
  "No hay permanencia, y tiene 14 días para desistir.",
  "La instalación y el router van incluidos, sin coste.",
  "Puede llamarnos todos los días de 9:00 a 21:00.",
];
const QUESTIONS = [
  "¿Qué es lo que más le preocupa?",
  "¿Le viene mejor que le llame mañana o el jueves?",
  "¿Tiene dos minutos para que lo veamos?",
  "¿Cuánto paga ahora por una conexión parecida?",
];
const honest = OPENINGS.flatMap((opening) =>
  SAYS.flatMap((says) => QUESTIONS.map((question) => `${opening} ${says} ${question}`)),
);

/** Written by hand, apart from the templates: answers to the same product's customers. */
const written = (name: string): string[] =>
  readFileSync(new URL(`../fixtures/guardrails/${name}.txt`, import.meta.url), "utf8")
    .trim()
    .split("\n");
const PRODUCT = [
  "29,90 € al mes, IVA incluido",
  "Precio válido hasta el 31 de diciembre de 2027",
  "Sin permanencia",
  "Fibra óptica de 300 Mbps, de subida y de bajada",
  "Instalación y router incluidos, sin coste",
  "14 días para desistir desde la instalación",
  "Atención todos los días de 9:00 a 21:00",
  "La instalación dura unas 2 horas",
  "Averías atendidas en 48 horas, sin coste",
  "Datos sin límite",
  "Condiciones por correo electrónico",
];

test("invented answers as people would write them: none passes unmarked", () => {
  const answers = written("invented");
  assert.ok(answers.length >= 75);
  assert.deepEqual(
    answers.filter((answer) => unverified(answer, PRODUCT).length === 0),
    [],
  );
});

test("honest answers as people would write them: one in thirty at the most is marked", () => {
  const answers = written("honest");
  const wrongly = answers.filter((answer) => unverified(answer, PRODUCT).length > 0);
  assert.ok(wrongly.length <= answers.length / 30, wrongly.join("\n"));
});

test(`${invented.length} invented answers: none passes unmarked`, () => {
  assert.ok(invented.length >= 150);
  assert.deepEqual(
    invented.filter((answer) => marked(answer).length === 0),
    [],
  );
});

test(`${honest.length} honest answers: no more than two in a hundred are marked`, () => {
  assert.ok(honest.length >= 100);
  const wrongly = honest.filter((answer) => marked(answer).length > 0);
  assert.ok(
    wrongly.length <= honest.length / 50,
    wrongly
      .slice(0, 5)
      .map((one) => `${one} ${marked(one).join(", ")}`)
      .join("\n"),
  );
});

test("what is marked is written as it stands in the answer", () => {
  const answer = "Le hago un VEINTE por ciento, llame al 600 123 456 y se lo instalamos Mañana mismo.";
  for (const words of marked(answer)) assert.ok(answer.includes(words), words);
  assert.deepEqual(marked(answer), ["600 123 456", "VEINTE por ciento", "Mañana mismo"]);
});

test("the same figure in another unit or another wording", () => {
  assert.deepEqual(marked("Son catorce días."), []);
  assert.deepEqual(marked("Son 14 meses."), ["14 meses"]);
  assert.deepEqual(marked("Cuesta 29.90 euros, es decir €29,90."), []);
  assert.deepEqual(marked("Vale hasta el 31 de diciembre de 2026."), []);
  assert.deepEqual(marked("Llame al 900100200 o entre en www.fibra.example."), []);
});

test("what the playbook forbids", () => {
  assert.deepEqual(unverified("Es la mejor fibra de España.", FACTS, ["mejor fibra"]), ["mejor fibra"]);
  assert.deepEqual(unverified("", FACTS, ["x"]), []);
});
