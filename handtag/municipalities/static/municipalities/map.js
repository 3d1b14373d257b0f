// A map to click on: it fills two fields with the spot. Without it the fields are filled by hand.
for (const box of document.querySelectorAll("[data-map]")) {
  const areas = JSON.parse(document.getElementById(box.dataset.map).textContent);
  const field = { lon: document.getElementById(box.dataset.longitude), lat: document.getElementById(box.dataset.latitude) };
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  box.hidden = false;
  const map = L.map(box.querySelector(".map"), { attributionControl: false, zoomSnap: 0.25 });
  if (box.dataset.tiles) L.tileLayer(box.dataset.tiles).addTo(map);
  const label = (name) => Object.assign(document.createElement("span"), { textContent: name });
  const drawn = L.geoJSON(areas, {
    interactive: false,
    style: { color: colour("--line-strong"), weight: 2, fillColor: colour("--surface"), fillOpacity: box.dataset.tiles ? 0.1 : 1 },
    onEachFeature: (area, layer) => layer.bindTooltip(label(area.properties.name), { permanent: true, direction: "center" }),
  }).addTo(map);
  const [lon, lat] = box.dataset.at.split(",").map(Number);
  if (areas.features.length) map.fitBounds(drawn.getBounds());
  else map.setView([lat, lon], 11);

  let spot;
  const put = () => {
    const at = [Number(field.lat.value.replace(",", ".")), Number(field.lon.value.replace(",", "."))];
    if (!field.lat.value || !field.lon.value || at.some(Number.isNaN)) return;
    if (spot) spot.setLatLng(at);
    else spot = L.circleMarker(at, { radius: 9, weight: 3, color: colour("--ink"), fillColor: colour("--accent"), fillOpacity: 1 }).addTo(map);
  };
  map.on("click", (event) => {
    field.lat.value = event.latlng.lat.toFixed(5);
    field.lon.value = event.latlng.lng.toFixed(5);
    put();
  });
  for (const each of Object.values(field)) each.addEventListener("change", put);
  put();
}
