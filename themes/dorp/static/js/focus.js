// Tap a photo where the most important thing is; the nine radio buttons work without this.
(() => {
  "use strict";
  const box = document.querySelector("[data-focus]");
  if (!box) return;
  const frame = box.querySelector("[data-focus-picture]");
  const mark = box.querySelector("[data-focus-mark]");
  const places = [...box.querySelectorAll("input[type='radio']")];
  const point = (written) => written.split("-").map(Number);
  const show = () => {
    const chosen = places.find((place) => place.checked);
    mark.hidden = !chosen || !frame.querySelector("img, canvas");
    if (mark.hidden) return;
    const [across, down] = point(chosen.value);
    mark.style.left = `${across}%`;
    mark.style.top = `${down}%`;
  };
  // A place chosen by hand is its own middle again.
  box.addEventListener("change", (event) => {
    if (event.target.dataset.middle) event.target.value = event.target.dataset.middle;
    show();
  });
  frame.addEventListener("click", (event) => {
    const picture = frame.querySelector("img, canvas");
    if (!picture) return;
    const edges = picture.getBoundingClientRect();
    const share = (from, size) => Math.min(100, Math.max(0, Math.round((100 * from) / size)));
    const across = share(event.clientX - edges.left, edges.width);
    const down = share(event.clientY - edges.top, edges.height);
    const distance = (place) => {
      const [x, y] = point(place.dataset.middle);
      return (x - across) ** 2 + (y - down) ** 2;
    };
    const nearest = places.reduce((one, other) => (distance(other) < distance(one) ? other : one));
    for (const place of places) place.value = place.dataset.middle;
    nearest.checked = true;
    nearest.value = `${across}-${down}`;
    nearest.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  });
  // A photo just chosen is drawn here, upright; the point of the one before goes.
  document.getElementById("id_photo")?.addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    for (const place of places) place.checked = false;
    show();
    const photo = await createImageBitmap(file).catch(() => null);
    if (!photo) return;
    const canvas = document.createElement("canvas");
    const scale = Math.min(1, 640 / Math.max(photo.width, photo.height));
    canvas.width = Math.round(photo.width * scale);
    canvas.height = Math.round(photo.height * scale);
    canvas.getContext("2d").drawImage(photo, 0, 0, canvas.width, canvas.height);
    frame.querySelector("img, canvas")?.remove();
    frame.prepend(canvas);
    box.open = true;
  });
  show();
})();
