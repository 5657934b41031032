// SPDX-License-Identifier: Apache-2.0
// All figures are in the page without this: it shows them at once under the chart, and unfolds the stacks for print.
function tell(event) {
  const tip = event.target.closest('.tip, .span');
  if (!tip) return;
  const readout = tip.closest('.plot').nextElementSibling;
  readout.textContent = tip.querySelector('title, .details').textContent;
}
document.addEventListener('pointerover', tell);
document.addEventListener('focusin', tell);
// A click on a span, or Enter, unfolds what goroutines did for it: the row below.
function unfold(event) {
  const span = event.target.closest('tr.span[aria-expanded]');
  if (!span || event.type === 'keydown' && event.key !== 'Enter') return;
  const work = span.nextElementSibling.querySelector('details');
  work.open = !work.open;
}
document.addEventListener('click', unfold);
document.addEventListener('keydown', unfold);
document.addEventListener('toggle', (event) => {
  const work = event.target.closest('tr.work');
  if (work) work.previousElementSibling.setAttribute('aria-expanded', event.target.open);
}, true);
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('.remark details, .work:not(.none) details')) details.open = true;
});
