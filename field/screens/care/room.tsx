/** The room of care: questions, sessions, visits, notes, goals, and what is due. */
import type { Room } from "../../ui/screens.ts";
import { Hand } from "./alone.tsx";
import { Ask } from "./ask.tsx";
import { Goal, Goals, Note, Past } from "./course.tsx";
import { Begin, Instruments } from "./instruments.tsx";
import { Body, FirstVisit, FollowUpVisit } from "./medical.tsx";
import { Caution, Death, Discussion, Farewell, Medicines, Need, Waiting } from "./more.tsx";
import { projections } from "./projections.ts";
import { Reviews } from "./reviews.tsx";
import { Session } from "./session.tsx";
import { Talk } from "./talk.tsx";
import { onPerson, starts, today } from "./today.ts";
import { OwnView, Result } from "./view.tsx";

export const room: Room = {
  name: "care",
  screens: {
    "care.instruments": Instruments, "care.begin": Begin, "care.ask": Ask, "care.hand": Hand, "care.view": OwnView, "care.result": Result,
    "care.session": Session, "care.note": Note, "care.goals": Goals, "care.goal": Goal, "care.past": Past,
    "care.visit": FirstVisit, "care.followup": FollowUpVisit, "care.body": Body, "care.talk": Talk, "care.waiting": Waiting, "care.caution": Caution, "care.need": Need,
    "care.reviews": Reviews, "care.medicines": Medicines, "care.discussion": Discussion, "care.farewell": Farewell, "care.death": Death,
  },
  today,
  starts,
  onPerson,
  projections,
};
