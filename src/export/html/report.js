// Filters the pairs, and shows both full texts beside them. Without it the report is whole; its controls are hidden then.
"use strict";
(() => {
  const filters = document.querySelector(".filters");
  const pairs = Array.from(document.querySelectorAll("article.pair"));
  if (!filters || pairs.length === 0) return;
  const topics = Array.from(document.querySelectorAll("section.topic"));
  const selects = Array.from(filters.querySelectorAll("select"));
  const shown = filters.querySelector(".shown");
  const showAll = filters.querySelector("[data-do=all]");
  const beside = filters.querySelector("[data-do=beside]");
  const columns = Array.from(document.querySelectorAll(".text-column"));
  const root = document.documentElement;

  const fits = (pair, select) => {
    if (select.value === "") return true;
    const value = pair.dataset[select.dataset.filter];
    if (select.dataset.filter !== "topics") return value === select.value;
    const [first, last] = select.value.split("-").map(Number);
    return value.split(" ").some((topic) => first <= Number(topic) && Number(topic) <= last);
  };

  const filter = () => {
    const chosen = selects.filter((select) => select.value !== "");
    let count = 0;
    for (const pair of pairs) {
      pair.hidden = !chosen.every((select) => fits(pair, select));
      if (!pair.hidden) count += 1;
    }
    for (const topic of topics) topic.hidden = !topic.querySelector("article.pair:not([hidden])");
    if (chosen.length === 0) for (const topic of topics) topic.hidden = false;
    const noun = pairs.length === 1 ? "pair" : "pairs";
    const words = chosen.map((select) => {
      const name = select.labels[0].firstChild.data.trim().toLowerCase();
      return `${name} “${select.selectedOptions[0].text.trim()}”`;
    });
    shown.textContent =
      chosen.length === 0
        ? `${pairs.length} ${noun}`
        : `${count} of ${pairs.length} ${noun}: ${words.join(", ")}`;
    root.classList.toggle("filtered", chosen.length > 0);
    showAll.disabled = chosen.length === 0;
  };

  const clear = () => {
    for (const select of selects) select.value = "";
    filter();
  };

  // The parts of a claim in its text: its place, and `.2`, `.3` for further passages.
  const parts = (place) => {
    const claim = place.split(".")[0];
    return document.querySelectorAll(`[data-place="${claim}"], [data-place^="${claim}."]`);
  };

  const choose = (places) => {
    for (const part of document.querySelectorAll(".chosen")) part.classList.remove("chosen");
    for (const place of places) for (const part of parts(place)) part.classList.add("chosen");
  };

  const isWide = () => getComputedStyle(beside).display !== "none";

  // What is read stays where it is on the screen while the page is laid out anew.
  const setBeside = (on, read) => {
    if (root.classList.contains("beside") === on) return;
    const isSeen = (pair) => !pair.hidden && pair.getBoundingClientRect().bottom > innerHeight / 4;
    const kept = read || pairs.find(isSeen);
    const top = kept && kept.getBoundingClientRect().top;
    root.classList.toggle("beside", on);
    beside.setAttribute("aria-pressed", String(on));
    // What scrolls by itself is reached by keyboard.
    for (const column of columns) column.tabIndex = on ? 0 : -1;
    if (kept) scrollBy({ top: kept.getBoundingClientRect().top - top, behavior: "instant" });
  };

  const placesOf = (pair) => Array.from(pair.querySelectorAll("figure"), (figure) => {
    const link = figure.querySelector("a.place");
    return link && link.hash.slice("#claim-".length);
  }).filter(Boolean);

  const showBoth = (pair) => {
    setBeside(true, pair);
    if (pair.getBoundingClientRect().top < filters.offsetHeight) pair.scrollIntoView();
    const places = placesOf(pair);
    choose(places);
    for (const place of places) {
      const mark = document.getElementById(`claim-${place}`);
      const column = mark && mark.closest(".text-column");
      if (!column) continue;
      const above = mark.getBoundingClientRect().top - column.getBoundingClientRect().top;
      column.scrollTop += above - column.clientHeight / 4;
    }
  };

  for (const pair of pairs) {
    if (placesOf(pair).length === 0) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "show-both";
    button.textContent = "Show in both texts";
    button.setAttribute("aria-label", `Show in both texts: ${pair.id.replace("-", " ")}`);
    button.addEventListener("click", () => showBoth(pair));
    pair.querySelector(".small").append(button);
  }

  // A link to what the filter hides shows all again, so that no link is dead.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) clear();
    if (target.id.startsWith("claim-")) choose([target.id.slice("claim-".length)]);
  });

  addEventListener("resize", () => {
    if (!isWide()) setBeside(false);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") setBeside(false);
  });
  for (const select of selects) select.addEventListener("change", filter);
  showAll.addEventListener("click", clear);
  beside.addEventListener("click", () => setBeside(!root.classList.contains("beside")));
  filters.hidden = false;
  // The bar stays at the top, and covers no pair that a link leads to.
  new ResizeObserver(() => root.style.setProperty("--bar-height", `${filters.offsetHeight}px`)).observe(filters);
  root.classList.add("scripted");
  clear();
})();
