import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { messages as en } from "../../src/words/en/messages.ts";
import { messages as id } from "../../src/words/id/messages.ts";
import { message, sayInEnglish, withNames } from "../../src/words/message.ts";
import { say } from "../../src/words/say.ts";

const ROOMS = new URL("../../src/words/en/messages/", import.meta.url);

/** Frames around values only, the same in every language. */
const ONLY_VALUES = [
  ...["verbatim", "notHere", "noHint", "notOpened", "recordingNotOpened", "endedEarly", "atPlace"],
  ...["cellProblem", "runNotRead", "systemReason", "filterRefused", "endpointOfOption"],
  ...["inParentheses", "stepFailed", "commandFailed", "labTraits", "methodAtLevels"],
  // Terms that Indonesian takes over.
  ...["faultRate", "traitIpv6", "traitOffload"],
  // Their words lie in a table that the type makes complete.
  ...["fileKind", "kindOfValue", "kernelFeature"],
];

test("no message of one room hides another's of the same name", async () => {
  const rooms = await Promise.all(readdirSync(ROOMS).map((name) => import(new URL(name, ROOMS).href)));
  const keys = rooms.flatMap((room) => Object.values(room).flatMap((texts) => Object.keys(texts ?? {})));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  expect(Object.keys(en).sort()).toEqual(["verbatim", ...keys].sort());
});

test("no message is English in Indonesian", () => {
  const same = Object.keys(en).filter((key) => String(Reflect.get(en, key)) === String(Reflect.get(id, key)));
  expect(same.filter((key) => !ONLY_VALUES.includes(key))).toEqual([]);
});

test("a message is said in a language with the messages and texts in it, under other names where they have some", () => {
  const cut = message("endedEarly", "/tmp/a.pcap", message("dataEndsEarly", "gzip", 7));
  expect(sayInEnglish(cut)).toBe("/tmp/a.pcap: the gzip data ends early, after byte 7");
  expect(
    say(
      withNames(cut, (name) => name.replace("/tmp/", "")),
      "id",
    ),
  ).toBe("a.pcap: data gzip berakhir sebelum waktunya, setelah byte 7");
  expect(say(message("verbatim", { en: "yes", id: "ya" }), "id")).toBe("ya");
});
