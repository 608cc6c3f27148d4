import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { chooseLanguage } from "../../web/i18n/index.ts";
import { amountOf } from "../../web/ui/amount.ts";
import * as format from "../../web/ui/format.ts";

const MADRID = "Europe/Madrid";
const at = new Date("2026-11-23T15:42:07.000Z");

beforeEach(() => chooseLanguage("es"));

test("numbers, shares and rates", async () => {
  assert.equal(format.count(1234), "1.234");
  assert.equal(format.share(0.2432), "24\u00a0%");
  assert.equal(format.share(null), "–");
  assert.equal(format.rate({ value: 18 / 74, numerator: 18, denominator: 74 }), "18 de 74 (24\u00a0%)");
  assert.equal(format.rate({ value: null, numerator: 0, denominator: 0 }), "0 de 0 (–)");
  await chooseLanguage("en");
  assert.equal(format.count(1234), "1,234");
  assert.equal(format.rate({ value: 18 / 74, numerator: 18, denominator: 74 }), "18 of 74 (24%)");
});

test("lengths and timers", () => {
  assert.equal(format.length(22_320), "6\u00a0h 12\u00a0min");
  assert.equal(format.length(3600), "1\u00a0h 0\u00a0min");
  assert.equal(format.length(1140), "19\u00a0min");
  assert.equal(format.length(42), "42\u00a0s");
  assert.equal(format.length(59.7), "1\u00a0min");
  assert.equal(format.briefLength(23_460), "6\u00a0h\u00a031");
  assert.equal(format.timer(192), "03:12");
  assert.equal(format.timer(4992), "1:23:12");
  assert.equal(format.timer(-3), "00:00", "clocks differ a little");
  assert.equal(format.clockLength(336), "5:36");
  assert.equal(format.clockLength(24.4), "0:24");
});

test("times are the site's, whatever the browser's zone is", () => {
  assert.equal(format.timeOfDay(at, MADRID), "16:42");
  assert.equal(format.timeOfDay(at.toISOString(), "America/Lima"), "10:42");
  assert.equal(format.timeOfDay("2026-11-22T23:05:00.000Z", MADRID), "00:05");
  assert.equal(format.shortDay(at, MADRID), "lun 23 nov");
  assert.equal(format.weekdayOf(at, MADRID), "lunes 23");
  assert.equal(format.dayAt(new Date("2026-11-22T23:05:00.000Z"), MADRID), "2026-11-23");
  assert.equal(format.tinyDay("2026-11-21"), "sá");
  assert.equal(format.dayAndMonth("2026-11-12"), "12 nov");
});

test("the age of what is on show", () => {
  assert.equal(format.ageOf(0), "0\u00a0min");
  assert.equal(format.ageOf(12 * 60_000 + 59_999), "12\u00a0min");
  assert.equal(format.ageOf(59.9 * 60_000), "59\u00a0min");
  assert.equal(format.ageOf(27.5 * 3_600_000), "27\u00a0h");
});

test("phones are masked, short internal numbers are not", () => {
  assert.equal(format.maskPhone("+34 612 345 418"), "+34 612 ··· 418");
  assert.equal(format.maskPhone("+34612345418"), "+34 612 ··· 418");
  assert.equal(format.maskPhone("612345418"), "612 ··· 418");
  assert.equal(format.maskPhone("+1 (555) 010-9999"), "+1 555 ··· 999");
  assert.equal(format.maskPhone("1004"), "1004");
  assert.equal(format.contactName({ name: null, phone: "+34612345418" }), "+34 612 ··· 418");
  assert.equal(format.contactName({ name: "Óscar Medina", phone: "+34612345418" }), "Óscar Medina");
  assert.equal(format.contactName({ name: null, phone: null }), "Sin identificar");
});

test("names, sizes and latencies", () => {
  assert.equal(format.initials("Lucía Ferrer Ruiz"), "LF");
  assert.equal(format.initials("Ángel"), "Á");
  assert.equal(format.tenths(412), "0,4");
});

test("an amount is read as people type it", () => {
  assert.equal(amountOf("29,90"), 29.9);
  assert.equal(amountOf("29.90 €"), 29.9);
  assert.equal(amountOf("1.200"), 1200);
  assert.equal(amountOf("1.234,50"), 1234.5);
  assert.equal(amountOf(""), null);
  assert.equal(amountOf("nada"), null);
});
