/** The room of the people who take part: finding, registering, what was decided, how somebody is reached. */
import type { Room } from "../../ui/screens.ts";
import { Code } from "./code.tsx";
import { Consents } from "./consents.tsx";
import { Contact } from "./contacts.tsx";
import { Decisions, Withdraw } from "./decisions.tsx";
import { Come, Find, First } from "./find.tsx";
import { Hide } from "./hide.tsx";
import { Limits } from "./limits.tsx";
import { List } from "./list.tsx";
import { Person } from "./person.tsx";
import { projections } from "./projections.ts";
import { Register } from "./register.tsx";
import { onPerson, starts, today } from "./today.ts";

export const room: Room = {
  name: "people",
  screens: {
    "people.list": List, "people.find": Find, "people.first": First, "people.come": Come, "people.register": Register, "people.code": Code, "people.person": Person, "people.limits": Limits,
    "people.consents": Consents, "people.decisions": Decisions, "people.withdraw": Withdraw, "people.contact": Contact, "people.hide": Hide,
  },
  today,
  starts,
  onPerson,
  projections,
};
