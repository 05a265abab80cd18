/** The 256 pictures of a phrase: sixteen groups of sixteen, each with a word. Numbers never move: a phrase is made of them.
 *  Only pictures that telephones of ten years ago can draw; none that differs from another by its colour alone. */
import { PICTURES_IN_PHRASE } from "../../vault.ts";
import type { Picture } from "../../vault.ts";
import { number, t } from "../../words/words.ts";

export { PICTURES_IN_PHRASE };
export const GROUPS = 16;
export const IN_GROUP = 16;

export interface Drawn {
  readonly sign: string;
  readonly word: string;
}
interface Group {
  readonly signs: string;
  readonly name: () => string;
  readonly words: () => readonly string[];
}

const DRAWN: readonly Group[] = [
  {
    signs: "🐶 🐱 🐴 🐮 🐑 🐐 🐫 🐘 🦁 🐒 🐰 🐭 🐻 🦊 🐯 🐃",
    name: () => t("Animals"),
    words: () => [
      t("Dog"), t("Cat"), t("Horse"), t("Cow"), t("Sheep"), t("Goat"), t("Camel"), t("Elephant"),
      t("Lion"), t("Monkey"), t("Rabbit"), t("Mouse"), t("Bear"), t("Fox"), t("Tiger"), t("Buffalo"),
    ],
  },
  {
    signs: "🐔 🦆 🦅 🦉 🐧 🦋 🐝 🐜 🐟 🐙 🐢 🐸 🐍 🐌 🦀 🐬",
    name: () => t("Birds, sea and garden"),
    words: () => [
      t("Hen"), t("Duck"), t("Eagle"), t("Owl"), t("Penguin"), t("Butterfly"), t("Bee"), t("Ant"),
      t("Fish"), t("Octopus"), t("Turtle"), t("Frog"), t("Snake"), t("Snail"), t("Crab"), t("Dolphin"),
    ],
  },
  {
    signs: "🍎 🍌 🍊 🍋 🍇 🍉 🍓 🍒 🍐 🍍 🍈 🥝 🥑 🍅 🌰 🥜",
    name: () => t("Fruit"),
    words: () => [
      t("Apple"), t("Banana"), t("Orange"), t("Lemon"), t("Grapes"), t("Watermelon"), t("Strawberry"), t("Cherries"),
      t("Pear"), t("Pineapple"), t("Melon"), t("Kiwi"), t("Avocado"), t("Tomato"), t("Chestnut"), t("Peanut"),
    ],
  },
  {
    signs: "🍞 🥚 🧀 🍚 🍲 🍝 🌽 🥕 🍆 🥔 🍬 🍪 🎂 🍦 🍯 ☕",
    name: () => t("Food"),
    words: () => [
      t("Bread"), t("Egg"), t("Cheese"), t("Rice"), t("Stew"), t("Noodles"), t("Maize"), t("Carrot"),
      t("Aubergine"), t("Potato"), t("Sweet"), t("Biscuit"), t("Cake"), t("Ice cream"), t("Honey"), t("Tea"),
    ],
  },
  {
    signs: "🌳 🌲 🌴 🌵 🌹 🌻 🌷 🌺 🌸 💐 🍀 🍁 🌿 🌱 🌾 🍄",
    name: () => t("Plants"),
    words: () => [
      t("Tree"), t("Pine tree"), t("Palm tree"), t("Cactus"), t("Rose"), t("Sunflower"), t("Tulip"), t("Red flower"),
      t("Blossom"), t("Bunch of flowers"), t("Clover"), t("Red leaf"), t("Branch"), t("Seedling"), t("Wheat"), t("Mushroom"),
    ],
  },
  {
    signs: "🌞 🌙 ⭐ 🌈 ⚡ ⛄ 🔥 💧 🌊 ☔ ⛅ 🌀 🌌 🌅 🌠 🌕",
    name: () => t("Sky and weather"),
    words: () => [
      t("Sun"), t("Moon"), t("Star"), t("Rainbow"), t("Lightning"), t("Snowman"), t("Fire"), t("Drop of water"),
      t("Sea wave"), t("Rain"), t("Cloud"), t("Whirlwind"), t("Night sky"), t("Sunrise"), t("Falling star"), t("Full moon"),
    ],
  },
  {
    signs: "👕 👖 👗 👟 👡 👢 👒 👓 👔 👜 🎒 💍 👑 🌂 💼 ⌚",
    name: () => t("Clothes"),
    words: () => [
      t("T-shirt"), t("Trousers"), t("Dress"), t("Running shoe"), t("Sandal"), t("Boot"), t("Hat"), t("Glasses"),
      t("Shirt and tie"), t("Handbag"), t("Backpack"), t("Ring"), t("Crown"), t("Umbrella"), t("Briefcase"), t("Watch"),
    ],
  },
  {
    signs: "🏠 🚪 🛁 🚿 🔑 💡 📺 📻 ⏰ 🎁 🔔 🔒 🍳 🥄 📦 💺",
    name: () => t("In the house"),
    words: () => [
      t("House"), t("Door"), t("Bath"), t("Shower"), t("Door key"), t("Light bulb"), t("Television"), t("Radio"),
      t("Alarm clock"), t("Gift"), t("Bell"), t("Padlock"), t("Frying pan"), t("Spoon"), t("Box"), t("Chair"),
    ],
  },
  {
    signs: "🔨 🔧 🔩 🔦 📏 📌 📎 📕 📝 📷 🔋 🔌 🔍 💻 📰 📫",
    name: () => t("Tools and school"),
    words: () => [
      t("Hammer"), t("Spanner"), t("Screw"), t("Torch"), t("Ruler"), t("Drawing pin"), t("Paper clip"), t("Book"),
      t("Paper and pencil"), t("Camera"), t("Battery"), t("Plug"), t("Magnifying glass"), t("Computer"), t("Newspaper"), t("Letter box"),
    ],
  },
  {
    signs: "🚗 🚌 🚚 🚲 🛵 🚜 🚂 🛫 🚀 ⛵ 🚢 🛶 🚕 🚦 ⛽ ⚓",
    name: () => t("Travel"),
    words: () => [
      t("Car"), t("Bus"), t("Lorry"), t("Bicycle"), t("Scooter"), t("Tractor"), t("Train"), t("Aeroplane"),
      t("Rocket"), t("Sailing boat"), t("Ship"), t("Canoe"), t("Taxi"), t("Traffic light"), t("Petrol pump"), t("Anchor"),
    ],
  },
  {
    signs: "🏥 🏫 🏪 🏭 🏰 🗼 ⛺ 🎪 🌉 ⛲ 🗻 🌋 🎡 🗽 🚧 🌍",
    name: () => t("Houses and places"),
    words: () => [
      t("Hospital"), t("School"), t("Shop"), t("Factory"), t("Castle"), t("Tower"), t("Tent"), t("Circus"),
      t("Bridge"), t("Fountain"), t("Mountain"), t("Volcano"), t("Big wheel"), t("Statue"), t("Road barrier"), t("Earth"),
    ],
  },
  {
    signs: "🥁 🎸 🎺 🎻 🎹 🎷 🎤 🎧 🎵 🎨 🎬 🎭 🎈 📢 🎫 🏮",
    name: () => t("Music and stage"),
    words: () => [
      t("Drum"), t("Guitar"), t("Trumpet"), t("Violin"), t("Piano"), t("Saxophone"), t("Microphone"), t("Headphones"),
      t("Music note"), t("Paint"), t("Film"), t("Masks"), t("Balloon"), t("Loudspeaker"), t("Ticket"), t("Lantern"),
    ],
  },
  {
    signs: "⚽ 🏀 🎾 🏐 🏓 🏸 🥊 🎣 🎯 🎳 🏆 🥇 🎠 🎮 🏏 🥅",
    name: () => t("Sport and play"),
    words: () => [
      t("Football"), t("Basketball"), t("Tennis"), t("Volleyball"), t("Table tennis"), t("Badminton"), t("Boxing glove"), t("Fishing rod"),
      t("Target"), t("Bowling"), t("Trophy"), t("Medal"), t("Merry-go-round"), t("Video game"), t("Cricket"), t("Goal net"),
    ],
  },
  {
    signs: "👶 👦 👧 👨 👩 👴 👵 👷 👸 🤡 🤖 👪 👀 👂 👃 👣",
    name: () => t("People and body"),
    words: () => [
      t("Baby"), t("Boy"), t("Girl"), t("Man"), t("Woman"), t("Grandfather"), t("Grandmother"), t("Builder"),
      t("Princess"), t("Clown"), t("Robot"), t("Family"), t("Eyes"), t("Ear"), t("Nose"), t("Footprints"),
    ],
  },
  {
    signs: "😂 🙂 😭 😴 😎 😡 😮 😉 😛 🤔 🤓 😷 🤧 🤠 🙃 😍",
    name: () => t("Faces"),
    words: () => [
      t("Laughing"), t("Smiling"), t("Crying"), t("Sleeping"), t("Sunglasses"), t("Angry"), t("Surprised"), t("Winking"),
      t("Tongue out"), t("Thinking"), t("Clever"), t("Face mask"), t("Sneezing"), t("Cowboy"), t("Upside down"), t("In love"),
    ],
  },
];

const at = (list: readonly string[], place: number): string => list[place] ?? "";
const NUMBERS = DRAWN.length;

/** Asks for the coloured picture where a telephone has a plain sign too. */
const IN_COLOUR = "\ufe0f";

/** The last group is the numbers 1 to 16, in the digits of the reader. */
export function drawn(picture: Picture): Drawn {
  const place = picture % IN_GROUP;
  const group = DRAWN[Math.floor(picture / IN_GROUP)];
  if (!group) return { sign: number(place + 1), word: t("Number %(n)s", { n: number(place + 1) }) };
  return { sign: `${at(group.signs.split(" "), place)}${IN_COLOUR}`, word: at(group.words(), place) };
}

/** A group is shown by its first four pictures. */
export function groupDrawn(group: number): Drawn {
  const found = DRAWN[group];
  const signs = [0, 1, 2, 3].map((place) => drawn(group * IN_GROUP + place).sign);
  return { sign: signs.join(found ? "" : " "), word: found ? found.name() : t("Numbers to count") };
}

export const inGroup = (group: number): readonly Picture[] => Array.from({ length: IN_GROUP }, (_, place) => group * IN_GROUP + place);
export const groups = (): readonly number[] => Array.from({ length: NUMBERS + 1 }, (_, group) => group);
