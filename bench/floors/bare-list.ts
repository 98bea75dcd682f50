/**
 * A page with a list of so many rows of which those that are seen are drawn, with nothing in them but their number, and a field that draws them
 * anew at each letter: the least that a browser does for a list that is scrolled and filtered.
 */
export function bareListPage(rows: number): string {
  return `<!doctype html><meta charset="utf-8"><title>Bare list</title>
<style>#list{height:700px;overflow:auto}#all{position:relative;height:${rows * ROW_PX}px}.row{position:absolute;height:${ROW_PX}px}</style>
<input aria-label="Find" type="search"><div id="list"><div id="all"></div></div>
<script>
const list = document.getElementById("list"), all = document.getElementById("all"), find = document.querySelector("input");
const pool = Array.from({ length: 32 }, () => all.appendChild(Object.assign(document.createElement("div"), { className: "row" })));
const draw = () => {
  const first = Math.max(0, Math.floor(list.scrollTop / ${ROW_PX}) - 8);
  pool.forEach((row, at) => {
    row.style.transform = "translateY(" + (first + at) * ${ROW_PX} + "px)";
    row.textContent = "Row " + (first + at) + " " + find.value;
  });
};
list.addEventListener("scroll", draw);
find.addEventListener("input", draw);
draw();
</script>`;
}

const ROW_PX = 44;
