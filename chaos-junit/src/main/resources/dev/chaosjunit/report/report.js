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
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('.remark details')) details.open = true;
});
