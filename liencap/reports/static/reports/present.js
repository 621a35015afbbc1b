// Go through the pages by keys; without this file they stand under one another.
"use strict";
(() => {
  const slides = [...document.querySelectorAll(".slide")];
  const root = document.documentElement;
  let at = 0;
  slides.forEach((slide, n) => {
    const place = slide.querySelector(".place");
    if (place) place.textContent = `${n + 1} / ${slides.length}`;
  });
  document.querySelector(".keys").hidden = false;
  const nearest = () => {
    const tops = slides.map((slide) => Math.abs(slide.getBoundingClientRect().top));
    return tops.indexOf(Math.min(...tops));
  };
  const go = (n) => {
    at = Math.min(Math.max(n, 0), slides.length - 1);
    slides[at].scrollIntoView({ block: "start" });
  };
  const wall = () => {
    at = nearest();
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen();
    else root.classList.toggle("wall");
  };
  document.addEventListener("fullscreenchange", () => {
    root.classList.toggle("wall", Boolean(document.fullscreenElement));
    go(at);
  });
  document.addEventListener("scrollend", () => { at = nearest(); });
  const keys = {
    ArrowRight: () => go(at + 1), ArrowDown: () => go(at + 1), PageDown: () => go(at + 1), " ": () => go(at + 1),
    ArrowLeft: () => go(at - 1), ArrowUp: () => go(at - 1), PageUp: () => go(at - 1),
    Home: () => go(0), End: () => go(slides.length - 1), f: wall, F: wall, p: () => window.print(), P: () => window.print(),
  };
  document.addEventListener("keydown", (event) => {
    const deed = keys[event.key];
    if (!deed || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("a") && event.key === " ") return;
    event.preventDefault();
    deed();
  });
})();
