/** Emoji by shortcode. Shapes whose colour carries meaning are drawn, so that they look the same on every machine. */

import { el, svg } from "./dom.js";

const CHARACTERS = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", alarm_clock: "⏰", arrow_down: "⬇", arrow_lower_right: "↘",
  arrow_right: "➡", arrow_up: "⬆", arrow_upper_right: "↗", bar_chart: "📊", bell: "🔔", no_bell: "🔕", blue_heart: "💙",
  broken_heart: "💔", bulb: "💡", busts_in_silhouette: "👥", bust_in_silhouette: "👤", calendar: "📆", date: "📅",
  chart_with_downwards_trend: "📉", chart_with_upwards_trend: "📈", clap: "👏", clipboard: "📋", clock1: "🕐", credit_card: "💳",
  email: "✉", envelope: "✉", exclamation: "❗", eyes: "👀", fire: "🔥", gear: "⚙", globe_with_meridians: "🌐",
  grey_question: "❔", question: "❓", hand: "✋", handshake: "🤝", heart: "❤", heavy_check_mark: "✔", heavy_minus_sign: "➖",
  heavy_plus_sign: "➕", hourglass: "⌛", hourglass_flowing_sand: "⏳", information_source: "ℹ", key: "🔑", link: "🔗",
  lock: "🔒", mag: "🔍", mega: "📣", memo: "📝", moneybag: "💰", muscle: "💪", neutral_face: "😐", no_entry: "⛔",
  no_entry_sign: "🚫", office: "🏢", package: "📦", page_facing_up: "📄", paperclip: "📎", party_popper: "🎉", phone: "☎",
  point_right: "👉", pray: "🙏", pushpin: "📌", raised_hands: "🙌", recycle: "♻", repeat: "🔁", robot_face: "🤖", rocket: "🚀",
  rotating_light: "🚨", seedling: "🌱", slightly_frowning_face: "🙁", slightly_smiling_face: "🙂", smile: "😄", smiley: "😃",
  snowflake: "❄", sos: "🆘", sparkles: "✨", speech_balloon: "💬", star: "⭐", star2: "🌟", stopwatch: "⏱", tada: "🎉",
  ticket: "🎫", trophy: "🏆", unlock: "🔓", warning: "⚠", wave: "👋", white_check_mark: "✅", wrench: "🔧", x: "❌", zap: "⚡", zzz: "💤",
  heart_eyes: "😍", rage: "😡", "star-struck": "🤩", tired_face: "😫",
  large_green_circle: "🟢", large_yellow_circle: "🟡", large_orange_circle: "🟠", red_circle: "🔴", large_red_circle: "🔴",
  large_blue_circle: "🔵", large_purple_circle: "🟣", white_circle: "⚪", black_circle: "⚫", large_green_square: "🟩",
  large_yellow_square: "🟨", large_orange_square: "🟧", large_red_square: "🟥", large_blue_square: "🟦", large_purple_square: "🟪",
  white_large_square: "⬜", black_large_square: "⬛", small_red_triangle: "🔺", small_red_triangle_down: "🔻",
};

const COLOURS = {
  green: "#2ba46f", yellow: "#f2c037", orange: "#ee8a2b", red: "#dd4455", blue: "#3a86d8", purple: "#8b5cc7", white: "#dfe1e6", black: "#3b3940",
};
const CIRCLES = { "🟢": "green", "🟡": "yellow", "🟠": "orange", "🔴": "red", "🔵": "blue", "🟣": "purple", "⚪": "white", "⚫": "black" };
const SQUARES = { "🟩": "green", "🟨": "yellow", "🟧": "orange", "🟥": "red", "🟦": "blue", "🟪": "purple", "⬜": "white", "⬛": "black" };

const stroke = (d, colour) => () => svg("path", { d, fill: "none", stroke: colour, "stroke-width": "2.4", "stroke-linecap": "round", "stroke-linejoin": "round" });
const solid = (d, colour) => () => svg("path", { d, fill: colour, stroke: colour, "stroke-width": "1.6", "stroke-linejoin": "round" });
const tile = (colour) => () => svg("rect", { x: 1.5, y: 1.5, width: 17, height: 17, rx: 4, fill: colour });

const DRAWN = {
  ...Object.fromEntries(Object.entries(CIRCLES).map(([c, name]) => [c, [() => svg("circle", { cx: 10, cy: 10, r: 8, fill: COLOURS[name] })]])),
  ...Object.fromEntries(Object.entries(SQUARES).map(([c, name]) => [c, [() => svg("rect", { x: 2, y: 2, width: 16, height: 16, rx: 2.5, fill: COLOURS[name] })]])),
  "🔺": [solid("M10 3.5 17 16H3z", COLOURS.red)],
  "🔻": [solid("M10 16.5 17 4H3z", COLOURS.red)],
  "✅": [tile(COLOURS.green), stroke("M5.5 10.5 8.8 13.8 14.5 6.8", "#fff")],
  "❌": [stroke("M4 4l12 12M16 4 4 16", COLOURS.red)],
  "⚠": [solid("M10 3 18 17H2z", COLOURS.yellow), stroke("M10 8v4M10 14.6v.01", "#4a3a00")],
  "📈": [tile("#eef1f5"), stroke("M4.5 14 8.5 9.5 11 12 15.5 6M12 6h3.5V9.5", COLOURS.green)],
  "📉": [tile("#eef1f5"), stroke("M4.5 6 8.5 10.5 11 8 15.5 14M12 14h3.5V10.5", COLOURS.red)],
  "📊": [tile("#eef1f5"), stroke("M6 14.5V9", COLOURS.blue), stroke("M10 14.5V5.5", COLOURS.green), stroke("M14 14.5V11", COLOURS.orange)],
  "⭐": [solid("M10 2 12.5 7.3 18 8 14 12 15 17.7 10 15 5 17.7 6 12 2 8 7.5 7.3z", COLOURS.yellow)],
  "❤": [solid("M10 17C4 12.5 2.5 9.5 2.5 7a4 4 0 0 1 7.5-2 4 4 0 0 1 7.5 2c0 2.5-1.5 5.5-7.5 10z", COLOURS.red)],
  "🔔": [solid("M10 2.5c-3.5 0-5 2.5-5 5.5 0 4-1.5 5-1.5 6h13c0-1-1.5-2-1.5-6 0-3-1.5-5.5-5-5.5zM8.5 16.5h3", COLOURS.yellow)],
  "🚨": [solid("M5 15v-4a5 5 0 0 1 10 0v4zM3.5 17.5h13", COLOURS.red), stroke("M10 2v.8M3 5l.8.8M17 5l-.8.8", COLOURS.orange)],
  "💬": [solid("M2.5 3.5h15v10H9.5l-4 3.5v-3.5h-3z", "#8fb8e8")],
  "🎉": [solid("M2.5 17.5 7 7l6 6z", COLOURS.yellow), stroke("M11.5 6.5 13.5 3M14 9l3.5-1.5M15 13.5h2", COLOURS.purple)],
};

const PICTOGRAPHS = new RegExp(`(${Object.keys(DRAWN).join("|")})\\uFE0F?`, "u");

/**
 * The emoji of a shortcode without its colons, or null if the page does not know it.
 * @param {string} name such as `white_check_mark`
 * @returns {Node|null}
 */
export function emoji(name) {
  const character = CHARACTERS[name.replace(/::skin-tone-\d$/, "")];
  return character === undefined ? null : picture(character, `:${name}:`);
}

/**
 * Text as nodes, with the pictographs that are drawn here set as pictures.
 * @param {string} text
 * @returns {Node[]}
 */
export function textNodes(text) {
  return text
    .split(PICTOGRAPHS)
    .filter((part) => part !== "")
    .map((part) => (DRAWN[part] ? picture(part, part) : document.createTextNode(part)));
}

function picture(character, label) {
  const shapes = DRAWN[character];
  const content = shapes ? svg("svg", { viewBox: "0 0 20 20" }, ...shapes.map((draw) => draw())) : character;
  return el("span", { class: "emoji", role: "img", "aria-label": label, title: label }, content);
}
