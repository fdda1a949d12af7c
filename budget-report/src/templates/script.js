"use strict";
(() => {
  // What is folded opens where a link leads, and everything for the printer.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", reveal);
  addEventListener("DOMContentLoaded", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
  // On a narrow screen a part of a page is moved to its figure.
  for (const box of document.querySelectorAll(".crop .scroll")) {
    const figure = box.querySelector("rect.subject, rect");
    if (figure && box.scrollWidth > box.clientWidth) {
      const at = figure.getBoundingClientRect();
      const frame = box.getBoundingClientRect();
      box.scrollLeft += at.left + at.width / 2 - frame.left - frame.width / 2;
    }
  }

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  // Search: what does not hold the words is not shown.
  const form = document.querySelector(".search");
  if (form) {
    const input = form.querySelector("input");
    const output = form.querySelector("output");
    const rows = [...document.querySelectorAll("[data-search]")];
    const plain = (text) => text.toLowerCase().replace(/[\s,，]/g, "");
    let texts;
    const search = () => {
      const wanted = plain(input.value);
      texts = texts || rows.map((row) => plain(row.textContent));
      let hits = 0;
      rows.forEach((row, at) => {
        const found = texts[at].includes(wanted);
        row.hidden = !found;
        if (found) hits += 1;
      });
      for (const box of document.querySelectorAll("details.table")) {
        if (wanted) box.open = [...box.querySelectorAll("[data-search]")].some((row) => !row.hidden);
        box.hidden = Boolean(wanted) && !box.open;
      }
      output.value = wanted ? (hits ? `${hits} ${output.dataset.hits}` : output.dataset.none) : "";
    };
    let timer;
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(search, 120);
    });
  }

  // Sorting by a column: numbers as numbers, words as the reader's language orders them.
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = (row) => {
          const cell = row.cells[column];
          const text = cell.dataset.sort || cell.textContent.trim();
          const number = Number(text.replace(/,/g, ""));
          return text === "" || Number.isNaN(number) ? text : number;
        };
        const order = (one, other) => {
          if (typeof one === "number" && typeof other === "number") return one - other;
          return String(one).localeCompare(String(other), document.documentElement.lang);
        };
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row) => [key(row), row]);
        rows.sort(([one], [other]) => (down ? order(other, one) : order(one, other)));
        body.append(...rows.map(([, row]) => row));
      });
    });
  }

  // A file that is dropped or chosen is sent to the program that serves this page, and nowhere else.
  const drop = document.getElementById("drop");
  if (drop) {
    const state = document.getElementById("drop-state");
    const input = document.getElementById("file");
    const send = async (file) => {
      if (!file) return;
      if (file.size > Number(drop.dataset.most)) {
        state.value = drop.dataset.tooLarge;
        return;
      }
      state.value = state.dataset.busy;
      try {
        const name = encodeURIComponent(file.name);
        const answer = await fetch(`${drop.dataset.action}?name=${name}`, { method: "POST", body: file });
        const text = await answer.text();
        if (answer.ok) location.assign(text);
        else state.value = text;
      } catch {
        state.value = drop.dataset.failed;
      }
    };
    input.addEventListener("change", () => send(input.files[0]));
    for (const name of ["dragenter", "dragover"]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.add("over");
      });
    }
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      send(event.dataTransfer.files[0]);
    });
  }
})();
