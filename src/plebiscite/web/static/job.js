// Follows a job's progress; without it the page says "Look again".
const box = document.querySelector("[data-job]");
const bar = box.querySelector("progress");
const what = box.querySelector("[data-what]");
async function look() {
  const answer = await fetch(box.dataset.job, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const job = await answer.json();
  if (job.over) { location.reload(); return; }
  bar.max = Math.max(job.total, 1);
  bar.value = job.done;
  what.textContent = job.what ? `: ${job.what}` : "";
  setTimeout(look, 1000);
}
setTimeout(look, 700);
