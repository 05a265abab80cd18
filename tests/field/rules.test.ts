/** The telephone's rules: codes, days, visits, danger, first contact, groups and episodes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ALPHABET, LENGTH, RANDOM_LENGTH, checkCharacter, parseCode } from "../../field/rules/codes.ts";
import { aboutDay, addDays, asciiDigits, bandOfYear, dayOf, daysBetween, digits, monthsAfter } from "../../field/rules/days.ts";
import { dueAfterSessions, dueMeasures, plansOf } from "../../field/rules/episodes.ts";
import * as contact from "../../field/rules/first_contact.ts";
import { checkInDue, contacts, meetingOf, nextNumber, placesLeft, waitingCheckIns } from "../../field/rules/groups.ts";
import { inOrder } from "../../field/rules/order.ts";
import { ALERT_STEPS, alertNow, alertState, dangers, dueAt, gradeOf, mayAsk, mostUrgent, screenerFor } from "../../field/rules/safety.ts";
import type { Scored } from "../../field/rules/scoring.ts";
import * as visits from "../../field/rules/visits.ts";

const coded = (random: string): string => random + (checkCharacter(random) ?? "?");
const read = (typed: string): string => {
  const found = parseCode(typed);
  return found.ok ? found.code : found.why;
};

test("FD110: the check character is the one computed by hand, and a code reads back in groups of 4, 4 and 2", () => {
  assert.equal(checkCharacter("222222222"), "2");
  assert.equal(checkCharacter("322222222"), ALPHABET[29 - 10]);
  assert.equal(read(coded("K7QM4T9XC")).slice(0, 11), "K7QM-4T9X-C");
  for (const bad of ["", "K7QM4T9X", "K7QM4T9XCC", "K7QM4T9X0", "k7qm4t9xc"]) assert.equal(checkCharacter(bad), null);
});

test("FD111: each wrong character and each swap of two is noticed", () => {
  for (const random of ["K7QM4T9XC", "222222222", "ZYXWVTRQP", "3A3A3A3A3"]) {
    const code = coded(random);
    assert.equal(code.length, LENGTH);
    for (let place = 0; place < LENGTH; place++) {
      for (const wrong of ALPHABET) {
        if (wrong !== code[place]) assert.equal(read(code.slice(0, place) + wrong + code.slice(place + 1)), "check");
      }
      for (let other = place + 1; other < LENGTH; other++) {
        if (code[place] === code[other]) continue;
        const swapped = Array.from(code);
        [swapped[place], swapped[other]] = [code.charAt(other), code.charAt(place)];
        assert.equal(read(swapped.join("")), "check");
      }
    }
  }
});

test("FD112: a code is read however people type it", () => {
  const whole = read(coded("K7QM4T9XC"));
  for (const gap of [" ", "-", "\u200f", " - ", "\u2013", ".", "\u00a0"]) assert.equal(read(Array.from(coded("K7QM4T9XC")).join(gap).toLowerCase()), whole);
  const five = read(coded("5V5Q4J7X2"));
  assert.equal(read(five.replaceAll("5", "S").replaceAll("V", "U").replaceAll("Q", "0").replaceAll("J", "I").replaceAll("7", "1")), five);
  assert.equal(read(five.replaceAll("4", "٤").replaceAll("2", "۲").replaceAll("X", "Ｘ")), five);
});

test("FD113: what is no code says why, never what was typed", () => {
  const told = [["", "empty"], [" - ", "empty"], ["K7QM", "length"], ["K7QM-4T9X-CC2", "length"], ["K7QM-4T9X-L2", "character"]];
  for (const [typed = "", why] of told) assert.deepEqual(parseCode(typed), { ok: false, why });
  assert.equal(RANDOM_LENGTH, 9);
});

test("FD120: numbers in the digits of any script; nothing, words and halves are no number", () => {
  for (const typed of ["1984", "١٩٨٤", "۱۹۸۴", "१९८४", "𝟏𝟗𝟖𝟒", " 1984\u200f"]) assert.equal(digits(typed), 1984);
  for (const typed of ["", " ", "-1", "1.5", "1e3", "four", "12a", "1234567890123456"]) assert.equal(digits(typed), null);
  assert.equal(digits("0"), 0);
  assert.equal(digits("١٬٢٣٤"), 1234);
  assert.equal(asciiDigits("٣٫٥"), "3.5");
});

test("FD121: a day as exactly as it is known, or the box to look at", () => {
  const about = (year: string, month = "", day = "", approx = false) => aboutDay({ year, month, day, approx });
  assert.deepEqual(aboutDay({}), { ok: true, about: null });
  assert.deepEqual(about("٢٠٢٥"), { ok: true, about: { day: "2025-01-01", precision: "year" } });
  assert.deepEqual(about("2025", "3"), { ok: true, about: { day: "2025-03-01", precision: "month" } });
  assert.deepEqual(about("2024", "2", "29"), { ok: true, about: { day: "2024-02-29", precision: "day" } });
  assert.deepEqual(about("2025", "2", "20", true), { ok: true, about: { day: "2025-02-20", precision: "approx" } });
  assert.deepEqual(about("2025", "", "", true), { ok: true, about: { day: "2025-01-01", precision: "year" } });
  assert.deepEqual(about("2025", "2", "29"), { ok: false, look: "day" });
  assert.deepEqual(about("2025", "", "2"), { ok: false, look: "month" });
  for (const year of ["25", "1899", "", "year"]) assert.deepEqual(about(year, "1", "1"), { ok: false, look: "year" });
});

test("FD122: a year of birth gives a band only when both ages it allows lie in it", () => {
  assert.equal(bandOfYear(1990, "2027-03-15"), "35-49");
  assert.equal(bandOfYear(2009, "2027-03-15"), null);
  assert.equal(bandOfYear(2027, "2027-03-15"), "0-4");
  assert.equal(bandOfYear(1960, "2027-03-15"), "60+");
});

test("FD123: days and months are counted by the calendar, and a day is that of the place", () => {
  assert.equal(monthsAfter("2027-01-31", 1), "2027-02-28");
  assert.equal(monthsAfter("2027-11-30", 3), "2028-02-29");
  assert.equal(addDays("2027-02-28", 1), "2027-03-01");
  assert.equal(daysBetween("2027-03-01", "2027-04-01"), 31);
  assert.equal(dayOf(new Date("2027-03-15T22:30:00Z"), "Asia/Amman"), "2027-03-16");
  assert.equal(dayOf(new Date("2027-03-15T22:30:00Z"), "America/Bogota"), "2027-03-15");
});

const MINUTE = 60_000;
const at = (minutes: number): number => minutes * MINUTE;
const BACK = at(240);
const CLOCKS = { grace: at(30), callEvery: at(90), recall: at(20) };
const step = (kind: string, minutes: number, backAt: number | null = null): visits.Step => ({ kind, at: at(minutes), backAt });

test("FD130: a step that the law refuses changes nothing; whoever was back can be out again, and is waited for again", () => {
  assert.equal(visits.visitState([step("taken", 1), step("called_off", 2), step("fine", 3)], BACK).state, "called_off");
  assert.deepEqual(visits.visitState([step("out", 1), step("back", 10), step("out", 20)], BACK), { state: "out", backAt: BACK, heardAt: at(20) });
  assert.equal(visits.visitState([step("out", 1), step("back", 10), step("out", 600)], BACK).backAt, at(600));
  assert.equal(visits.visitState([step("constructor", 1)], BACK).state, "planned");
});

test("FD131: overdue after the time of coming back and the grace; alone, after a missed sign of life; not once back", () => {
  const going = { leavesAt: 0, alone: true };
  const out = visits.visitState([step("out", 5)], BACK);
  assert.equal(visits.overdueAt(visits.visitState([], BACK), CLOCKS, going), BACK + at(30));
  assert.equal(visits.overdueAt(out, CLOCKS, { leavesAt: 0, alone: false }), BACK + at(30));
  assert.equal(visits.overdueAt(out, CLOCKS, going), at(125));
  assert.equal(visits.nextSignAt(out, CLOCKS, true), at(95));
  assert.equal(visits.nextSignAt(out, CLOCKS, false), null);
  assert.equal(visits.standing(out, CLOCKS, going, at(124)), "out");
  assert.equal(visits.standing(out, CLOCKS, going, at(125)), "overdue");
  assert.equal(visits.standing(visits.visitState([step("back", 9)], BACK), CLOCKS, going, at(9999)), "back");
  const more = visits.visitState([step("out", 5), step("fine", 200, at(400))], BACK);
  assert.equal(visits.overdueAt(more, CLOCKS, { leavesAt: 0, alone: false }), at(430));
});

test("FD132: a closed area has a clock of its own, and does not open by itself", () => {
  const out = visits.visitState([step("out", 5)], BACK);
  const heard = visits.visitState([step("out", 5), step("fine", 40)], BACK);
  const recalled = { leavesAt: 0, alone: false, recalledAt: at(30) };
  assert.equal(visits.overdueAt(out, CLOCKS, recalled), at(50));
  assert.equal(visits.overdueAt(heard, CLOCKS, recalled), BACK + at(30));
  assert.equal(visits.overdueAt(visits.visitState([], BACK), CLOCKS, { ...recalled, recalledAt: at(-60) }), at(20));
  assert.equal(visits.areaNow("no_go", at(60), at(59), "go"), "no_go");
  assert.equal(visits.areaNow("no_go", at(60), at(60), "go"), "care");
  assert.equal(visits.areaNow(null, null, 0, "go"), "go");
  assert.equal(visits.stricter("go", "?"), "?");
});

test("FD133: steps come in the server's order, and what was not sent yet comes last", () => {
  const rows = [
    { seq: 0, recorded_at: "2027-03-15T10:00:00Z", step: "back" },
    { seq: 9, recorded_at: "1970-01-01T00:00:00Z", step: "fine" },
    { seq: 3, recorded_at: "2027-03-15T08:00:00Z", step: "out", back_at: "2027-03-15T12:00:00Z" },
  ];
  assert.deepEqual(inOrder(rows).map((one) => one.step), ["out", "fine", "back"]);
  assert.deepEqual(visits.stepsFrom(rows).map((one) => one.backAt), [Date.parse("2027-03-15T12:00:00Z"), null, null]);
  assert.deepEqual(visits.clocksFrom({ grace: 10 }), { grace: at(10), callEvery: null, recall: at(30) });
});

const signal = (grade: string, state: string) => ({ grade, state });

test("FD140: until the follow-up is done, or when it is refused, an alert is for today at least", () => {
  for (const followUp of [null, { state: "not_done", signals: [] }, { state: "refused", signals: [signal("soon", "negative")] }, { state: "done", signals: [] }] as const) {
    assert.equal(gradeOf("today", followUp), "today");
    assert.equal(gradeOf("soon", followUp), "today");
    assert.equal(gradeOf("now", followUp), "now");
  }
});

test("FD141: the follow-up's result sets the grade; an unanswered question keeps it at today; nothing clears it", () => {
  const done = (...signals: { grade: string; state: string }[]) => gradeOf("now", { state: "done", signals });
  assert.equal(done(signal("now", "positive"), signal("today", "positive")), "now");
  assert.equal(done(signal("now", "negative"), signal("today", "positive")), "today");
  assert.equal(done(signal("now", "negative"), signal("today", "negative")), "soon");
  assert.equal(done(signal("now", "unknown"), signal("today", "negative")), "today");
  assert.equal(done(signal("invented", "positive")), "now");
  assert.equal(mostUrgent("soon", "unheard"), "now");
  assert.equal(mostUrgent(), "today");
});

test("FD142: each grade has its clock; an unknown one waits no longer than now", () => {
  assert.deepEqual(["now", "today", "soon", "unheard"].map((grade) => dueAt(grade, 0) / MINUTE), [15, 360, 4320, 15]);
  assert.deepEqual(["now", "today", "unheard"].map((grade) => dueAt(grade, 0, { now: 5, today: 60 }) / MINUTE), [5, 60, 5]);
});

test("FD143: an alert closes only after somebody spoke with the person; what the law refuses changes nothing", () => {
  assert.equal(alertState(["seen", "taken", "closed"]), "taken");
  assert.equal(alertState(["taken", "contact_tried", "first_contact", "closed"]), "closed");
  assert.equal(alertState(["first_contact", "closed", "reopened"]), "raised");
  assert.equal(alertState(["invented", "constructor"]), "raised");
  for (const steps of Object.values(ALERT_STEPS)) for (const next of Object.values(steps)) assert.ok(next in ALERT_STEPS);
  const steps = [{ seq: 4, step: "follow_up", grade: "now" }, { seq: 2, step: "taken", grade: "" }, { seq: 3, step: "follow_up", grade: "soon" }];
  assert.deepEqual(alertNow({ grade: "today" }, steps), { state: "taken", open: true, grade: "now", followedUp: true });
  assert.deepEqual(alertNow({ grade: "today" }, []), { state: "raised", open: true, grade: "today", followedUp: false });
  assert.equal(alertNow({}, []).grade, "now");
});

test("FD144: the danger comes first, the programme's screener opens, and nobody asks what nobody answers", () => {
  const safety = [
    { code: "a", kind: "gbv", grade: "today", state: "positive" },
    { code: "b", kind: "suicide", grade: "now", state: "positive" },
    { code: "c", kind: "suicide", grade: "now", state: "unknown" },
  ] as const;
  const scored: Scored = { ok: true, total: 0, whyNoTotal: null, subscales: {}, band: null, bands: {}, algorithms: {}, cutoffs: {}, nAnswered: 1, nItems: 2, safety };
  assert.deepEqual(dangers(scored).map((one) => one.code), ["b", "a"]);
  const part = { worries: [], kinds: {}, urgentCare: [], followUp: { suicide: "asq" }, clock: {}, planParts: [], sites: {} };
  assert.equal(screenerFor(part, "suicide"), "asq");
  assert.equal(screenerFor(part, "gbv"), null);
  assert.equal(screenerFor(null, "suicide"), null);
  const site = { questions: { suicide: true }, emergency: {}, outOfHours: {}, emergencyNumber: "", service: "", serviceNumbers: [], chain: [] } as const;
  assert.ok(mayAsk(site, "suicide"));
  assert.ok(!mayAsk(site, "gbv"));
  assert.ok(!mayAsk(undefined, "suicide"));
});

test("FD145: eleven questions of a first contact, each may be skipped, those that may not be asked are left out", () => {
  assert.equal(contact.ITEMS.length, 11);
  assert.deepEqual(contact.toAsk(false, { safety: true, hope: true }), contact.ITEMS);
  assert.ok(!contact.toAsk(false, { safety: false, hope: true }).some((item) => contact.SAFETY.includes(item)));
  assert.ok(!contact.toAsk(true, { safety: true, hope: false }).includes("hope"));
  assert.ok([...contact.ITEMS, ...contact.AGAIN].every((item) => contact.fits(item, "skipped") && !contact.fits(item, "perhaps")));
  assert.deepEqual(contact.unasked(true, ["hope"]), { change: "not_asked", afraid: "not_asked" });
  const forced = { kind: "recent_sexual_violence", grade: "now" };
  assert.deepEqual(contact.raisedBy("forced", "yes", false), [forced]);
  assert.deepEqual(contact.raisedBy("forced", "yes", true), [forced, { kind: "child_in_danger", grade: "now" }]);
  assert.deepEqual(contact.raisedBy("hope", "yes", true), [{ kind: "suicide", grade: "today" }]);
  assert.deepEqual(contact.raisedBy("hope", "skipped", true), []);
  assert.deepEqual(contact.raisedBy("worry", "yes", false), []);
  assert.deepEqual(contact.themes({ sleep: "often", alcohol: "sometimes", hope: "yes" }), ["distress", "substance", "hope"]);
  assert.deepEqual(contact.themes({ worry: "skipped", drugs: "no" }), []);
  assert.equal(contact.suggested(["distress", "substance", "hope"]), "pfa");
  assert.equal(contact.suggested([]), "psychoeducation");
});

test("FD146: only three answers about the room open questions on violence; a lapsed or future one opens nothing", () => {
  for (const said of contact.COMPANY) {
    assert.deepEqual(contact.company(said, 0, 0), { mayAsk: contact.ALONE.includes(said), hide: !contact.ALONE.includes(said) });
    assert.deepEqual(contact.company(said, 0, at(90)), { mayAsk: false, hide: false });
    assert.deepEqual(contact.company(said, 1, 0), { mayAsk: false, hide: false });
  }
  assert.deepEqual(contact.company("invented", 0, 0), { mayAsk: false, hide: true });
});

test("FD150: meeting n of m; who came; check-ins that wait", () => {
  assert.deepEqual(meetingOf(3, 8), { number: 3, of: 8 });
  assert.deepEqual(meetingOf(9, 8), { number: 9, of: null });
  assert.deepEqual(meetingOf(1, null), { number: 1, of: null });
  assert.equal(nextNumber([]), 1);
  assert.equal(nextNumber([1, 4, 2]), 5);
  assert.equal(contacts({ a: "present", b: "left_early", c: "absent", d: "excused" }, 2), 4);
  assert.equal(contacts({ a: "present" }, null), null);
  assert.equal(placesLeft(null, 30), null);
  assert.equal(placesLeft(10, 12), 0);
  assert.ok(checkInDue(3, [3, 5]) && !checkInDue(4, [3, 5]));
  const rows = [{ state: "open", due_on: "2027-03-15" }, { state: "done", due_on: "2027-03-01" }, { state: "open", due_on: "2027-03-10" }, { state: "open", due_on: "2027-03-16" }];
  assert.deepEqual(waitingCheckIns(rows, "2027-03-15").map((one) => one.due_on), ["2027-03-10", "2027-03-15"]);
});

test("FD151: which measure is due, now and within two weeks; at the end only once care has ended; two sessions of a day count twice", () => {
  const care = {
    services: [], techniques: [], headings: [], lists: {}, thresholds: [],
    waves: [{ code: "start", names: {}, at: "start", months: 0 }, { code: "end", names: {}, at: "end", months: 0 }, { code: "later", names: {}, at: "after_end", months: 3 }],
    schedule: [{ instrument: "phq9", waves: ["start", "end", "later", "invented"], everySessions: null }, { instrument: "psychlops", waves: [], everySessions: 2 }],
  };
  const { planned, repeated } = plansOf(care);
  const course = { openedOn: "2027-01-10", ended: null, recorded: [], today: "2027-03-15" } as const;
  assert.deepEqual(dueMeasures(planned, course), [{ instrument: "phq9", wave: "start", on: "2027-01-10", state: "due" }]);
  const ended = { ...course, ended: "2026-12-28", recorded: [["phq9", "start"], ["phq9", "end"]] } as const;
  assert.deepEqual(dueMeasures(planned, ended), [{ instrument: "phq9", wave: "later", on: "2027-03-28", state: "coming" }]);
  assert.deepEqual(dueMeasures(planned, { ...ended, today: "2027-03-13" }), []);
  assert.deepEqual(dueAfterSessions(repeated, ["2027-03-02", "2027-03-02"], [], "2027-03-15"), [{ instrument: "psychlops", wave: "", on: "2027-03-02", state: "due" }]);
  assert.deepEqual(dueAfterSessions(repeated, ["2027-03-02", "2027-03-03"], [["psychlops", "2027-03-02"]], "2027-03-15"), []);
});
