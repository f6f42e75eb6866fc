(() => {
  // The grey blocks stay until there is something to see in their place.
  const drawn = ".jupyter-widgets, .jp-RenderedText, .jp-RenderedHTMLCommon, .jp-RenderedImage, .jm-failed";
  window.voila_finish = () => {
    if (!window.themeLoaded && !document.querySelector(".jm-failed")) {
      window.cellLoaded = true;
      return;
    }
    const cells = document.getElementById("rendered_cells");
    cells.style.display = "";
    const show = () => {
      if (!cells.querySelector(drawn)) return;
      watching.disconnect();
      document.getElementById("loading")?.remove();
    };
    const watching = new MutationObserver(show);
    watching.observe(cells, { childList: true, subtree: true });
    show();
  };

  // The picture stays when the kernel ends; a bar under the header says so.
  const bar = () => {
    const known = document.querySelector(".jm-ended");
    if (known) return known;
    const made = document.createElement("div");
    made.className = "jm-ended";
    made.setAttribute("role", "alert");
    const reload = document.createElement("button");
    reload.textContent = "Reload";
    reload.onclick = () => window.location.reload();
    made.append("The connection to the data has ended. What you see stays; your choices are not kept. Reload the page.", reload);
    const head = document.querySelector(".jm-head");
    if (head) head.after(made);
    else document.body.prepend(made);
    return made;
  };

  const watch = (kernel) => {
    let timer = null;
    kernel.statusChanged.connect((_, status) => {
      if (["dead", "restarting", "autorestarting"].includes(status)) bar().dataset.final = "";
    });
    kernel.connectionStatusChanged.connect((_, status) => {
      clearTimeout(timer);
      if (status !== "connected") timer = setTimeout(() => (bar().hidden = false), 3000);
      else if (document.querySelector(".jm-ended:not([data-final])")) bar().hidden = true;
    });
  };

  const starting = setInterval(async () => {
    if (!window.jupyterapp) return;
    clearInterval(starting);
    watch((await window.jupyterapp.widgetManagerPromise.promise).kernel);
  }, 100);
})();
