/** The playground's page: holds what is known, asks the server, and lets each part draw itself. */

import { createApi, Unreachable } from "./api.js";
import { Composer } from "./composer.js";
import { MessageList } from "./conversation.js";
import { el, fill } from "./dom.js";
import { emptyConversation } from "./empty.js";
import { openFaults } from "./faults.js";
import { FormState } from "./form.js";
import { renderHeader, renderThreadHeader } from "./header.js";
import { HomePanel } from "./home.js";
import { follow } from "./live.js";
import { ModalHost } from "./modal.js";
import { oneAtATime } from "./oneatatime.js";
import { openPeople } from "./people.js";
import { channelTitle, isBotChannel, renderSidebar } from "./sidebar.js";
import { readPlace, rememberActor, writePlace } from "./place.js";
import { translator } from "./strings.js";
import { startTheme, toggleTheme } from "./theme.js";
import { createToasts } from "./toast.js";
import { problemWords } from "./words.js";

const HOME_PATIENCE_MS = 4000;

/** What is known. `view` is where the person is. */
const store = {
  team: { name: "" }, me: null, users: new Map(), channels: [], commands: [], bot: { user_id: "", name: "" }, faults: [], deactivated: [],
  view: { channel: null, tab: "messages", thread: null }, messages: [], thread: [], live: true,
};

let api = createApi("");
let ctx = null;
let stopFollowing = () => {};
let generation = 0;
let homePatience = null;
const forms = new Map();
const toast = createToasts(() => ctx?.t ?? translator(navigator.language));

const parts = {
  sidebar: el("aside", { class: "sidebar" }),
  header: el("header", { class: "channel-head" }),
  banners: el("div", { class: "banners", role: "status" }),
  list: new MessageList({ inThread: false }),
  home: new HomePanel((view, form) => surface({ view_id: view.id }, form)),
  composer: new Composer((text) => send(text, null)),
  threadHead: el("header", { class: "channel-head" }),
  threadList: new MessageList({ inThread: true }),
  threadComposer: new Composer((text) => send(text, store.view.thread)),
};
const threadPanel = el("aside", { class: "thread" }, parts.threadHead, parts.threadList.root, parts.threadComposer.root);
const main = el("main", { class: "main" }, parts.header, parts.banners, parts.list.root, parts.home.root, parts.composer.root);
const skip = el("a", { class: "skip", href: "#", on: { click: (event) => { event.preventDefault(); parts.composer.focus(); } } });
const frame = el("div", { class: "frame" }, skip, parts.sidebar, main, threadPanel);

const modal = new ModalHost({
  submit: submitView,
  dismiss: async (viewId, all) => {
    await attempt(() => api.closeView(viewId, all));
    await reached(refreshModal);
  },
  contextOf: (view, form) => surface({ view_id: view.id }, form),
});

/** Ask, and turn every failure into `{ok: false, error}`; `command` and `kind` choose the words. */
async function attempt(ask, words = {}) {
  try {
    const answer = await ask();
    return answer.ok === false ? { ...answer, error: problemWords(answer.error, words, ctx.t) } : answer;
  } catch (problem) {
    if (!(problem instanceof Unreachable)) throw problem;
    return { ok: false, error: ctx.t("offline") };
  }
}

/** Do what asks the server; whether it could be reached. */
async function reached(doing) {
  try {
    await doing();
    return true;
  } catch (problem) {
    if (!(problem instanceof Unreachable)) throw problem;
    return false;
  }
}

/** What the blocks of one message or view need: the page's context, and a way to tell the app. */
function surface(origin, form) {
  return {
    ...ctx,
    form,
    act: async (payload) => {
      const answer = await attempt(() => api.action({ ...origin, ...payload, state: form.values() }), { kind: "action" });
      if (!answer.ok) toast(answer.error);
      return Boolean(answer.ok);
    },
    options: async (payload) => attempt(() => api.options({ ...origin, ...payload }), { kind: "action" }),
  };
}

function messageSurface(message) {
  const key = `${store.view.channel} ${message.ts}`;
  if (!forms.has(key)) forms.set(key, new FormState());
  return surface({ channel: store.view.channel, ts: message.ts }, forms.get(key));
}

async function submitView(viewId, state) {
  const answer = await attempt(() => api.submitView(viewId, state), { kind: "submit" });
  if (answer.ok) await reached(refreshModal);
  return answer;
}

async function send(text, thread) {
  const command = text.startsWith("/") ? text.split(/\s/, 1)[0] : null;
  const composer = thread ? parts.threadComposer : parts.composer;
  if (command && thread) {
    composer.setText(text);
    toast(ctx.t("threadCommand", { command }));
    return;
  }
  composer.setPending(ctx.t("sending", { text: text.length > 60 ? `${text.slice(0, 60)}…` : text }));
  (thread ? parts.threadList : parts.list).toBottom();
  const answer = await attempt(() => api.send(store.view.channel, text, thread ?? undefined), { command });
  composer.setPending(null);
  if (!answer.ok) toast(answer.error);
  if (!answer.ok && composer.field.value === "") composer.setText(text);
  await reached(refreshConversation);
}

// --- Asking the server ---------------------------------------------------------------------------------------------

const refreshState = oneAtATime(async () => {
  const mine = generation;
  const known = await api.state();
  if (mine !== generation) return;
  Object.assign(store, { team: known.team, me: known.me, channels: known.channels, commands: known.commands, bot: known.bot, faults: known.faults ?? [], deactivated: known.deactivated ?? [] });
  store.users = new Map(known.users.map((user) => [user.id, user]));
  const t = translator(store.me.locale);
  ctx = {
    me: store.me, users: store.users, channels: new Map(store.channels.map((channel) => [channel.id, channel])), botId: store.bot.user_id,
    locale: store.me.locale || "en", t, fileUrl: api.fileUrl, openChannel: (id) => go({ channel: id }), openThread: (ts) => go({ thread: ts }),
    mark: [store.me.id, store.me.locale, store.users.size],
  };
  document.documentElement.lang = ctx.locale.slice(0, 2);
});

const refreshConversation = oneAtATime(async () => {
  const { channel, thread, tab } = store.view;
  if (!channel || tab === "home") return;
  const mine = generation;
  const [all, replies] = await Promise.all([api.conversation(channel), thread ? api.conversation(channel, thread) : { messages: [] }]);
  if (mine !== generation || channel !== store.view.channel || thread !== store.view.thread) return;
  store.messages = all.messages;
  store.thread = replies.messages;
  const here = store.channels.find((one) => one.id === channel);
  if (here) here.unread = 0;
  drawConversation();
});

const refreshModal = oneAtATime(async () => {
  const mine = generation;
  const stack = await api.modal();
  if (mine === generation) modal.show(stack, ctx);
});

const refreshHome = oneAtATime(async () => {
  const mine = generation;
  const { view } = await api.home(false);
  if (mine !== generation) return;
  const say = (key) => parts.home.show(view, ctx, ctx.t(key, { name: store.bot.name }));
  clearTimeout(homePatience);
  say(store.bot.connected ? "homeLoading" : "homeEmpty");
  if (!view) homePatience = setTimeout(() => say("homeEmpty"), HOME_PATIENCE_MS);
});

/** Tell the app that its Home is looked at, and show what it makes of it. */
async function openHome() {
  await api.home(true);
  await refreshHome();
}

/** Everything that is shown, asked again. A broken connection is told once, by the banner. */
function refreshAll() {
  return reached(async () => {
    await refreshState();
    drawFrame();
    await Promise.all([refreshConversation(), refreshModal(), store.view.tab === "home" ? refreshHome() : null]);
  });
}

function heard({ scope, channel }) {
  return reached(async () => {
    if (scope === "channel" && channel === store.view.channel) await refreshConversation();
    else if (scope === "modal") await refreshModal();
    else if (scope === "home") await (store.view.tab === "home" ? refreshHome() : null);
    else await refreshState();
    drawFrame();
  });
}

// --- Going places --------------------------------------------------------------------------------------------------

/** Become `actor` and look at what this person sees. */
async function become(actor) {
  generation += 1;
  clearTimeout(homePatience);
  stopFollowing();
  api = createApi(actor);
  forms.clear();
  parts.home.reset();
  parts.list.reset();
  parts.threadList.reset();
  await refreshState();
  if (!actor) api = createApi(store.me.id);
  ctx.fileUrl = api.fileUrl;
  rememberActor(store.me.id);
  stopFollowing = follow(api.eventsUrl, {
    onEvent: heard,
    refresh: refreshAll,
    onStatus: (live) => {
      store.live = live;
      drawBanners();
    },
  });
}

/** Go to a conversation, a tab or a thread; what is not named stays, except that another channel closes the thread. */
async function go(change) {
  const before = store.view;
  const moved = change.channel !== undefined && change.channel !== before.channel;
  const view = { ...before, ...(moved ? { thread: null, tab: "messages" } : {}), ...change };
  const channel = store.channels.find((one) => one.id === view.channel) ?? firstChannel();
  store.view = { ...view, channel: channel?.id ?? null, thread: channel?.id === view.channel ? view.thread : null };
  if (!isBotChannel(channel, store)) store.view.tab = "messages";
  if (store.view.channel !== before.channel) parts.list.reset();
  if (store.view.thread !== before.thread) parts.threadList.reset();
  writePlace(store.me.id, store.view);
  frame.classList.remove("show-sidebar");
  drawFrame();
  const there = await reached(() => Promise.all([refreshConversation(), refreshModal(), store.view.tab === "home" ? openHome() : null]));
  if (!there) toast(ctx.t("offline"));
  drawFrame();
  if (store.view.tab === "messages") (store.view.thread ? parts.threadComposer : parts.composer).focus();
}

function firstChannel() {
  return store.channels.find((channel) => isBotChannel(channel, store)) ?? store.channels[0];
}

async function choosePerson(id) {
  if (await reached(() => become(id))) await go({ thread: null });
  else toast(ctx.t("offline"));
}

async function followHash() {
  const place = readPlace();
  if (place.actor && place.actor !== store.me.id && !(await reached(() => become(place.actor)))) return toast(ctx.t("offline"));
  const { channel, tab, thread } = store.view;
  if (place.channel !== channel || place.tab !== tab || place.thread !== thread) await go({ channel: place.channel, tab: place.tab, thread: place.thread });
  return undefined;
}

// --- Drawing -------------------------------------------------------------------------------------------------------

const actions = {
  openChannel: (id) => go({ channel: id, thread: null }),
  openPeople: () => openPeople(store, ctx, choosePerson, (what) => changed(() => api.happen(what))),
  openFaults: () => openFaults(ctx, { list: () => store.faults, add: (fault) => changed(() => api.addFault(fault)), clear: () => changed(() => api.clearFaults()) }),
  openSidebar: () => {
    frame.classList.add("show-sidebar");
    parts.sidebar.querySelector("[aria-current]")?.focus();
  },
  closeSidebar: () => frame.classList.remove("show-sidebar"),
  openTab: (tab) => go({ tab, thread: null }),
  closeThread: () => go({ thread: null }),
  toggleTheme: () => {
    toggleTheme();
    drawFrame();
  },
};

async function changed(ask) {
  const answer = await attempt(ask);
  if (answer.ok === false) toast(answer.error);
  await refreshState();
  drawFrame();
}

function drawFrame() {
  const channel = ctx.channels.get(store.view.channel);
  keepingFocus(parts.sidebar, () => fill(parts.sidebar, renderSidebar(store, ctx, actions)));
  keepingFocus(parts.header, () => fill(parts.header, renderHeader(channel, store, ctx, actions)));
  keepingFocus(parts.threadHead, () => fill(parts.threadHead, renderThreadHeader(channel, store, ctx, actions)));
  fill(skip, ctx.t("skip"));
  frame.classList.toggle("with-thread", Boolean(store.view.thread));
  frame.classList.toggle("on-home", store.view.tab === "home");
  threadPanel.setAttribute("aria-label", ctx.t("thread"));
  drawBanners();
  document.title = `${channel ? channelTitle(channel, store) : ""} · ${store.team.name} · Latido`;
  if (!channel) return;
  const name = channelTitle(channel, store);
  parts.composer.configure({ t: ctx.t, placeholder: ctx.t("messageTo", { name }), commands: store.commands, draftKey: `${store.me.id} ${channel.id}` });
  parts.threadComposer.configure({ t: ctx.t, placeholder: ctx.t("replyPlaceholder"), commands: [], draftKey: `${store.me.id} ${channel.id} ${store.view.thread}` });
}

function drawBanners() {
  const channel = ctx.channels.get(store.view.channel);
  fill(
    parts.banners,
    store.live ? null : el("div", { class: "banner banner-warning" }, el("span", { class: "spinner", "aria-hidden": "true" }), ctx.t("reconnecting")),
    store.bot.connected === false ? el("div", { class: "banner banner-warning" }, ctx.t("botOffline", { name: store.bot.name })) : null,
    channel?.external ? el("div", { class: "banner banner-external" }, ctx.t("externalBanner", { team: store.team.name })) : null,
  );
}

function drawConversation() {
  const channel = ctx.channels.get(store.view.channel);
  if (!channel) return;
  const label = ctx.t("messageList", { name: channelTitle(channel, store) });
  parts.list.update(store.messages, ctx, messageSurface, { label, lead: store.messages.length === 0 ? emptyConversation(channel, store, ctx, tryOut) : null });
  if (store.view.thread) parts.threadList.update(store.thread, ctx, messageSurface, { label: ctx.t("thread"), lead: null });
}

function tryOut(text) {
  parts.composer.focus();
  send(text, null);
}

/** Draw a part anew; the button that had the focus has it again. */
function keepingFocus(part, draw) {
  const buttons = () => [...part.querySelectorAll("button")];
  const at = buttons().indexOf(document.activeElement);
  draw();
  if (at >= 0) buttons()[at]?.focus({ preventScroll: true });
}

// --- Starting ------------------------------------------------------------------------------------------------------

async function start() {
  startTheme(() => ctx && drawFrame());
  const place = readPlace();
  const known = (place.actor && (await reached(() => become(place.actor)))) || (await reached(() => become("")));
  if (!known) {
    fill(document.getElementById("app"), el("p", { class: "empty" }, translator(navigator.language)("offline")));
    return;
  }
  fill(document.getElementById("app"), frame);
  addEventListener("hashchange", followHash);
  document.addEventListener("keydown", escapeKey);
  await go({ channel: place.channel, tab: place.tab, thread: place.thread });
}

/** Esc closes what lies over the conversation: the sidebar on a phone, then the thread. */
function escapeKey(event) {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], :popover-open:not(.toasts)")) return;
  if (frame.classList.contains("show-sidebar")) frame.classList.remove("show-sidebar");
  else if (store.view.thread) actions.closeThread();
}

start();
