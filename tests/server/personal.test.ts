import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { maskLines, maskPersonal } from "../../server/privacy/masking.ts";
import { processorMs } from "../support/bounds.ts";

const [email, card, account, id] = ["[correo]", "[tarjeta]", "[cuenta]", "[documento]"];
const [phone, number] = ["[teléfono]", "[número]"];

/** What is said, what of it has to go, and what stands there instead. */
const PERSONAL: [mask: string, examples: string][] = [
  [card, "4111 1111 1111 1111 | 4111-1111-1111-1111 | 4111111111111111 | 4111, 1111, 1111, 1111"],
  [card, "378282246310005 | 3782 822463 10005 | 4222222222222 | 6304000000000000000 | 4111.1111.1111.1111"],
  [card, "4111 1111 1111 1111 12/27 | cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno"],
  [number, "1234 5678 1234 5671 | 12345678901234567890123"],
  [email, "juan@correo.es | Juan.Perez+ofertas@mail.example.co.uk | juan @ correo . es | maría@correo.es"],
  [email, "juan arroba correo punto es | juan punto garcía guion bajo 22 arroba correo punto com punto mx"],
  [email, "juan dot smith at mail dot com | j p arroba correo punto cl | juan at correo.es | juan@correo"],
  [
    email,
    "JUAN ARROBA CORREO PUNTO ES | juan, arroba, correo, punto, es | juan veintidós arroba correo punto es",
  ],
  [
    phone,
    "600 111 222 | 600111222 | 600-11-22-33 | 600.111.222 | 600/111/222 | 600, 11, 22, 33 | 600,11,22,33",
  ],
  [phone, "+34 600 111 222 | (91) 123 45 67 | (+44) 20 7946 0958 | 0034 600 111 222 | 6 0 0 1 1 1 2 2 2"],
  [phone, "600\u00a0111\u00a0222 | 600–111–222 | 600\u200b111\u200b222 | ６００１１１２２２ | ٦٠٠١١١٢٢٢"],
  [phone, "555-0123 | 8888 1234 | 8888-1234 | 5550123 | 88881234 | 234 56 78 | (1) 234-5678 | 2 234 5678"],
  [phone, "seis uno dos tres cuatro cinco seis siete ocho | seis, uno, dos, tres, cuatro, cinco, seis"],
  [phone, "six one two three four five six seven eight | five five five oh one two three"],
  [phone, "seiscientos doce treinta y cuatro cincuenta y seis setenta y ocho"],
  [
    phone,
    "nueve doble cinco cero uno dos triple tres | seis uno dos, eh, tres cuatro cinco y seis siete ocho",
  ],
  [phone, "six hundred and twelve thirty-four fifty-six seven | 612 treinta y cuatro 56 setenta y ocho"],
  [id, "12345678Z | 12345678-z | 12.345.678-Z | 12 345 678 Z | 12345678 z | 1234567L | 1234 5678 Z"],
  [id, "X1234567L | x1234567l | X-1234567-L | X 1234567 L | X-1.234.567-L | Z 1.234.567 L"],
  [id, "12.345.678-5 | 7.654.321-K | 12345678-5 | 12 345 678-k | 12.345.678 guion k | 20-12345678-9"],
  [id, "GARC850101HDFRRL09 | garc850101hdfrrl09 | GARC 850101 HDFRRL 09 | GODE561231GR8 | GODE 561231 GR8"],
  [id, "QQ123456C | QQ 12 34 56 C | qq123456c | 123-45-6789 | 123 45 6789"],
  [account, "ES91 2100 0418 4502 0005 1332 | es9121000418450200051332 | GB29 NWBK 6016 1331 9268 19"],
  [account, "ES91-2100-0418-4502-0005-1332 | DE89370400440532013000 | ES 91 2100 0418 4502 0005 1332"],
];

/** After these words fewer figures are enough. */
const NAMED: [said: string, masked: string][] = [
  ["DNI 30.123.456", `DNI ${id}`],
  ["mi d.n.i. es el 30 123 456", `mi d.n.i. es el ${id}`],
  ["mi cédula es la 52.123.456, gracias", `mi cédula es la ${id}, gracias`],
  ["cédula No. 1.020.345.678", `cédula No. ${id}`],
  ["C.C. 812345", `C.C. ${id}`],
  ["el DNI doce tres cuatro cinco seis siete", `el DNI ${id}`],
  ["pasaporte AAB123456", `pasaporte AAB${id}`],
  ["my Social Security is 123456789", `my Social Security is ${id}`],
  ["en la cuenta 1234567890123", `en la cuenta ${account}`],
  ["llámame al 22 345 678", `llámame al ${phone}`],
  ["mi teléfono es el 22345000", `mi teléfono es el ${phone}`],
  ["my number is 555 01 23", `my number is ${phone}`],
];

/** What a seller needs. */
const KEPT = [
  "29,90 euros, 300 megas, 12 meses, 14 días y 0 permanencia",
  "el 15 de marzo de 2027, en 2026, entre 2026 y 2027, el curso 2026-2027, de 9:00 a 21:00, 24/7",
  "el 15/03/2027 a las 10:30 o el 2027-03-15, 15.03.2027, 15-03-2027; caduca el DNI el 15/03/2027",
  "quinientos euros, cuarenta y cinco euros al mes, veintinueve con noventa, ciento veinte kilovatios",
  "dos mil veintisiete, un millón doscientos mil pesos, mil quinientos; del uno al siete; 1500000 one time",
  "trescientos, seiscientos o mil megas; trescientos y seiscientos y novecientos; 100, 300, 600, 1000 megas; de 300 600 y 1000; 300/300, 1000/1000",
  "1.500.000 pesos, 12.500.000 o 1 500 000 o 1500000; $25500990; 25500990 pesos; $1,500,000, $2,500,000",
  "19,90, 29,90, 39,90 y 49,90; 12, 24, 36 meses; el 3,5 % o el 21 %; 2 líneas de 50 GB",
  "cuesta 1.500.000 un año, al DNI le faltan 12 días, la cédula cuesta 150000 pesos",
  "the 15th of March 2027, forty-five pounds a month, twenty twenty-six, nine to five, one hundred and twelve",
  "I get it at 29.90 a month, look at that, at home, one time, sígueme en @juan, correo y punto",
  "se 12 meses con 300 megas y luego 600, Internet Fibra Óptica 300Mbps + 2 móviles, plan A1, RFC y CURP, X-200, B2B, COVID19",
];

const strict = /\p{Nd}(?:[\s\p{Cf}\p{Pd}()./_·]{0,4}\p{Nd}){8,}/u;

describe("masking what identifies a person", () => {
  for (const [mask, examples] of PERSONAL)
    test(`${mask}: ${examples}`, () => {
      for (const said of examples.split(" | ")) {
        assert.equal(maskPersonal(said, "es"), mask);
        assert.equal(maskPersonal(`Mire: ${said}.`, "es"), `Mire: ${mask}.`);
        assert.equal(maskPersonal(`sí (${said}) vale`, "es"), `sí (${mask}) vale`);
      }
    });

  test("the word before it says what it is", () => {
    for (const [said, masked] of NAMED) assert.equal(maskPersonal(said, "es"), masked);
  });

  test("several in one sentence, and in English masks", () => {
    assert.equal(
      maskPersonal("Soy Ana, DNI 12345678Z, 600 111 222 o ana@correo.es, tarjeta 4111 1111 1111 1111", "es"),
      `Soy Ana, DNI ${id}, ${phone} o ${email}, tarjeta ${card}`,
    );
    const said =
      "ana@mail.com 600111222 QQ123456C 4111111111111111x DE89370400440532013000 12345678901234567890";
    assert.equal(maskPersonal(said, "en"), "[e-mail] [phone] [id] [card]x [account] [number]");
  });

  test("what a recogniser cut into pieces is masked in every piece, and each says what it was", () => {
    for (const [mask, examples] of PERSONAL)
      for (const said of examples.split(" | "))
        for (const { text, kinds } of maskLines(said.split(" "), "es"))
          assert.deepEqual([text, kinds.length], [mask, 1], said);
    assert.deepEqual(maskLines(["la tarjeta es 4111", "1111 1111", "1111, y 300 megas", "vale"], "es"), [
      { text: `la tarjeta es ${card}`, kinds: ["card"] },
      { text: card, kinds: ["card"] },
      { text: `${card}, y 300 megas`, kinds: ["card"] },
      { text: "vale", kinds: [] },
    ]);
    const pieces = ["cuatro uno uno uno", "eh", "uno uno uno uno", "uno uno uno uno", "uno uno uno uno"];
    assert.ok(maskLines(pieces, "es").every(({ kinds }) => kinds.join() === "card"));
    const offer = ["son 29,90 al mes", "con 300 megas", "y 12 meses", "y hasta el 31/03/2027"];
    assert.deepEqual(
      maskLines(offer, "es"),
      offer.map((text) => ({ text, kinds: [] })),
    );
    assert.deepEqual(maskLines(["a@b.es y 600 111", "222 333"], "en"), [
      { text: "[e-mail] y [phone]", kinds: ["email", "phone"] },
      { text: "[phone]", kinds: ["phone"] },
    ]);
  });

  test("what a seller needs stays", () => {
    for (const said of KEPT) assert.equal(maskPersonal(said, "es"), said);
  });

  test("prices, speeds, terms, dates and times of any size stay", () => {
    const two = fc.integer({ min: 1, max: 12 }).map((n) => String(n).padStart(2, "0"));
    const offer = fc.oneof(
      fc.tuple(fc.nat(9_999), two).map(([whole, cents]) => `${whole},${cents} euros`),
      fc.nat(9_999).map((n) => `${n} megas`),
      fc.nat(99).map((n) => `${n} meses`),
      fc.tuple(two, two, fc.integer({ min: 1990, max: 2050 })).map(([d, m, y]) => `el ${d}/${m}/${y}`),
      fc.tuple(two, two).map(([from, to]) => `de ${from}:00 a ${to}:30`),
      fc.nat(9_999_999).map((n) => `$${n.toLocaleString("de")}`),
      fc.constantFrom(
        "quinientos euros",
        "treinta y nueve con noventa",
        "dos mil veintiséis",
        "forty-five pounds",
      ),
    );
    const said = fc.array(offer, { minLength: 1, maxLength: 6 }).map((offers) => offers.join(" y "));
    fc.assert(fc.property(said, (text) => assert.equal(maskPersonal(text, "es"), text)));
  });

  test("no nine figures in a row survive, whatever stands around and between them", () => {
    const figures = fc.stringMatching(/^[0-9]{1,6}$/);
    const sign = fc.constantFrom(
      " ",
      "-",
      ".",
      "/",
      ") ",
      " (",
      " - ",
      ",",
      ", ",
      "\u00a0",
      "–",
      "\u200b",
      "_",
      "\n",
    );
    const word = fc.constantFrom(
      "euros",
      "dni",
      "y",
      "uno",
      "doble",
      "cien",
      "@",
      "arroba",
      "at",
      "a",
      "X",
      "ES91",
      "k",
    );
    const text = fc
      .array(fc.oneof(figures, figures, sign, sign, word), { maxLength: 40 })
      .map((all) => all.join(""));
    const noNine = (said: string) => assert.doesNotMatch(maskPersonal(said, "es"), strict);
    fc.assert(fc.property(text, noNine), { numRuns: 5_000 });
  });

  test("no seven digit words in a row survive, and nothing that a mask has left is masked again", () => {
    const es = "cero uno dos tres cuatro cinco seis siete ocho nueve".split(" ");
    const en = "zero one two three four five six seven eight nine oh".split(" ");
    for (const words of [es, en]) {
      const said = fc.array(fc.constantFrom(...words), { minLength: 7, maxLength: 20 });
      const sign = fc.constantFrom(" ", ", ", " - ", ". ", "... ");
      fc.assert(
        fc.property(said, sign, (all, between) => {
          const masked = maskPersonal(`es el ${all.join(between)} gracias`, "es");
          assert.match(masked, /^es el \[\p{L}+\] gracias$/u);
          assert.equal(maskPersonal(masked, "es"), masked);
        }),
      );
    }
  });

  test("100 KB of anything takes less than a second", () => {
    const units = [
      "1",
      "12 ",
      "1,",
      "a@",
      "@",
      "a@b.",
      "arroba ",
      "a punto ",
      "a arroba punto ",
      "at a.",
      "(",
      "....",
    ];
    units.push(
      "ES12",
      "ES91 2100 ",
      "X1",
      "ABCD850101",
      "ABCD ",
      "dni ",
      "dni no no.",
      "llámame 12 ",
      "1 y ",
      "\u200b1",
    );
    units.push(
      "uno ",
      "uno y ",
      "uno eh ",
      "doble ",
      "treinta y ",
      "cien y cien ",
      "12-34-56 ",
      "\u0301",
      "- ",
      "１",
      " ",
    );
    for (const unit of units)
      for (const text of [
        unit.repeat(100_000 / unit.length),
        `${"x".repeat(50_000)}${unit.repeat(50_000 / unit.length)}!`,
      ]) {
        const took = processorMs(() => maskPersonal(text, "es"));
        assert.ok(took < 1_000, JSON.stringify(unit));
      }
  });
});
