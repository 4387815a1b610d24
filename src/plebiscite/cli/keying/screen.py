"""The screen itself: image, fields, candidates, and one key for each decision."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Footer, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from plebiscite.cli.keying.picture import braille
from plebiscite.cli.keying.told import HINTS, differences, heading, reached
from plebiscite.errors import InputError
from plebiscite.petition.keying.card import LABELS, Card, Finding, Turn, understood
from plebiscite.petition.keying.readings import Readings
from plebiscite.petition.keying.session import Session

Find = Callable[[str], list[dict[str, Any]]]
AT_ONCE = frozenset({"signature_present", "paid"})
"""Fields of one letter: typing it is enough."""
LOOKED_UP = ("name", "address", "city", "zip")
DITTO = '"'
MOST = 9
LOOK = 1
"""Seconds between two looks for what the reader of handwriting made meanwhile."""
PICTURE_ROWS = 12
OTHER_ROWS = 15
"""Rows of the screen that are not the image's."""


class Keying(App[None]):
    """Card after card, until none is left or the person leaves."""

    CSS_PATH = "screen.tcss"
    TITLE = "plebiscite petition key"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "ditto", "as above"),
        Binding("f3", "struck", "crossed out"),
        Binding("f4", "blank", "blank"),
        Binding("f5", "skip", "skip"),
        Binding("f6", "undo", "undo"),
        Binding("f7", "take(1)", "take 1st"),
        Binding("f8", "take(2)", "take 2nd"),
        Binding("f9", "suggested", "take reading"),
        Binding("ctrl+o", "open", "open image"),
        Binding("ctrl+c", "leave", "leave", priority=True),
        Binding("ctrl+q", "leave", "leave", priority=True, show=False),
    ]

    def __init__(
        self,
        session: Session,
        *,
        find: Find | None,
        year: int,
        readings: Readings | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self.find = find
        self.year = year
        self.readings = readings
        self.suggested: Mapping[str, str] = {}
        self.card: Card | None = None
        self.turn = Turn.FIRST
        self.voter = ""
        self.found: list[dict[str, Any]] = []

    def compose(self) -> ComposeResult:
        """Lay the screen out: heading, image, fields beside candidates, keys."""
        yield Static(id="heading", markup=False)
        yield Static(id="reached", markup=False)
        yield Static(id="picture", markup=False)
        with Horizontal(id="work"):
            yield VerticalScroll(id="fields")
            with Vertical(id="beside"):
                yield Static(id="other", markup=False)
                yield OptionList(id="voters")
        yield Footer()

    async def on_mount(self) -> None:
        """Show the first card, and look now and then for what is read meanwhile."""
        await self._next()
        if self.readings:
            self.set_interval(LOOK, self._look_again)

    # ── a card ──────────────────────────────────────────────────────────────────────

    async def _next(self) -> None:
        """Show the card that comes next, or leave when none does."""
        due = self.session.next()
        if due is None:
            self.exit()
            return
        self.card, self.turn = due
        self.voter, self.found = "", []
        self.suggested = self._read_so_far()
        self._tell("heading", heading(self.card, self.turn))
        self._tell("reached", reached(self.session.progress()))
        self._tell("other", self._beside())
        self.query_one("#other").display = bool(self._beside())
        self.query_one("#voters").display = self._looks_up
        self.query_one("#beside").display = self._looks_up or bool(self._beside())
        self.query_one(OptionList).clear_options()
        await self._fields()

    async def _fields(self) -> None:
        """Lay out the fields of the card, and go to the first."""
        card = self._shown
        form = self.query_one("#fields", VerticalScroll)
        await form.remove_children()
        for name in card.fields:
            start = card.suggested.get(name, "") if not card.row else ""
            await form.mount(
                Horizontal(
                    Label(LABELS[name], classes="label"),
                    Input(start, id=name, select_on_focus=False, compact=True),
                    Label(self._reading(name), id=f"says-{name}", classes="says"),
                    classes="field",
                )
            )
        self.query_one(f"#{card.fields[0]}", Input).focus()

    def _read_so_far(self) -> Mapping[str, str]:
        """Return what may stand in the card's fields, as far as anybody knows."""
        read = self.readings.of(self._shown) if self.readings else {}
        return {**self._shown.suggested, **read}

    def _look_again(self) -> None:
        """Show what was suggested since the card came up; nothing typed is touched."""
        if self.card is None or (now := self._read_so_far()) == self.suggested:
            return
        self.suggested = now
        for name in self.card.fields:
            if not self.query_one(f"#says-{name}", Label).has_class("wrong"):
                self._say(name, self._reading(name))

    @property
    def _shown(self) -> Card:
        if self.card is None:
            raise RuntimeError("no card is shown")
        return self.card

    @property
    def _looks_up(self) -> bool:
        return self.find is not None and bool(self._shown.row)

    def _reading(self, name: str) -> str:
        """Return what a reader of print makes of a field, as a question."""
        said = self.suggested.get(name, "")
        if not said or not self._shown.row:
            return HINTS.get(name, "")
        return f"{said}?  F9"

    def _beside(self) -> str:
        """Return what two people keyed, where this is to settle it."""
        if self.turn is not Turn.SETTLED:
            return ""
        turns = self.session.turns()[self._shown.place]
        return differences(turns[Turn.FIRST], turns[Turn.SECOND])

    def _tell(self, where: str, words: str) -> None:
        self.query_one(f"#{where}", Static).update(words)

    # ── typing ──────────────────────────────────────────────────────────────────────

    @on(Input.Changed)
    async def typed(self, event: Input.Changed) -> None:
        """Look candidates up; take the one letter of a field that has no more."""
        name = event.input.id or ""
        if not event.input.is_attached or name not in self._shown.fields:
            return  # of the card before
        self._say(name, self._reading(name))
        if name in LOOKED_UP and self._looks_up:
            self._look_up()
        if name in AT_ONCE and event.value and event.input.has_focus:
            await self._forward(event.input)

    @on(Input.Submitted)
    async def entered(self, event: Input.Submitted) -> None:
        """Go on to the next field; from the last one, to the next card."""
        await self._forward(event.input)

    def on_descendant_focus(self) -> None:
        """Show the image of the field that is being keyed."""
        if isinstance(self.focused, Input) and self.card is not None:
            self._picture(self.focused.id or "")

    async def _forward(self, field: Input) -> None:
        names = self._shown.fields
        at = names.index(field.id or "")
        if self._understood(names[at]) is None:
            return
        if at + 1 < len(names):
            self.query_one(f"#{names[at + 1]}", Input).focus()
            return
        await self._decide(Finding.WRITTEN)

    def _understood(self, name: str) -> str | None:
        """Return what was typed into a field; None, having said why it cannot be."""
        typed = self.query_one(f"#{name}", Input).value
        try:
            return understood(name, typed, year=self.year)
        except InputError as problem:
            self._say(name, str(problem), wrong=True)
            self.query_one(f"#{name}", Input).focus()
            return None

    def _say(self, name: str, words: str, *, wrong: bool = False) -> None:
        label = self.query_one(f"#says-{name}", Label)
        label.set_class(wrong, "wrong")
        label.update(words)

    def _picture(self, name: str) -> None:
        path = self._shown.images.get(name) or self._shown.picture
        if path is None:
            self._tell("picture", "no image: key from the sheet")
            return
        rows = max(3, min(PICTURE_ROWS, self.size.height - OTHER_ROWS))
        dots = braille(path, max(20, self.size.width - 4), rows)
        self._tell("picture", "\n".join([*dots, str(path)]))

    # ── candidates ──────────────────────────────────────────────────────────────────

    def _look_up(self) -> None:
        """List the voters who come near what is typed so far."""
        typed = [
            self.query_one(f"#{name}", Input).value
            for name in LOOKED_UP
            if name in self._shown.fields
        ]
        query = " ".join(text for text in typed if text and text != DITTO)
        self.found = []
        if self.find and len(query.split()) > 1:
            try:
                self.found = self.find(query)[:MOST]
            except InputError:
                self.found = []
        shown = self.query_one(OptionList)
        shown.clear_options()
        shown.add_options(
            Option(f"{at}  {each['voter_id']}  {each['why']}", id=str(at))
            for at, each in enumerate(self.found, start=1)
        )

    async def on_key(self, event: Any) -> None:
        """Take a candidate by its digit; go to the list and back by the arrows."""
        in_list = isinstance(self.focused, OptionList)
        if in_list and event.key.isdecimal():
            self._take_voter(int(event.key))
        elif in_list and event.key in {"escape", "left"}:
            self.query_one(f"#{self._shown.fields[-1]}", Input).focus()
        elif event.key == "down" and isinstance(self.focused, Input) and self.found:
            self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Take the candidate that Enter was pressed on."""
        self._take_voter(int(event.option.id or 0))

    def _take_voter(self, at: int) -> None:
        """Note whom the keyer takes it to be; nothing is typed for them."""
        if at > len(self.found):
            return
        self.voter = self.found[at - 1]["voter_id"] if at else ""
        self._tell("other", f"taken for {self.voter}" if at else "nobody on the roll")
        self.query_one("#other").display = True
        self.query_one(f"#{self._shown.fields[-1]}", Input).focus()

    # ── decisions, a key each ───────────────────────────────────────────────────────

    async def _decide(self, finding: Finding) -> None:
        texts: dict[str, str] = {}
        for name in self._shown.fields:
            text = self._understood(name)
            if text is None:
                return
            texts[name] = text
        if finding is Finding.BLANK:
            texts = {}
        await self._keep(finding, texts)

    async def _keep(self, finding: Finding, texts: dict[str, str]) -> None:
        self.session.decide(
            self._shown,
            self.turn,
            finding,
            texts,
            voter=self.voter,
            at=datetime.now(UTC),
        )
        await self._next()

    async def action_struck(self) -> None:
        """Key a line that is crossed out; what can be read of it is kept."""
        if self._shown.row:
            await self._decide(Finding.STRUCK)

    async def action_blank(self) -> None:
        """Key a line, or a declaration, on which nothing is written."""
        await self._keep(Finding.BLANK, {})

    async def action_skip(self) -> None:
        """Put the card off until the others are done."""
        self.session.skip(self._shown)
        await self._next()

    async def action_undo(self) -> None:
        """Take back the last decision, and show its card again."""
        gone = self.session.undo(at=datetime.now(UTC))
        if gone is None:
            self.notify("nothing of yours to take back")
            return
        await self._next()

    async def action_ditto(self) -> None:
        """Write a ditto mark into the field, and go on."""
        if isinstance(self.focused, Input) and self.focused.id in LOOKED_UP:
            self.focused.value = DITTO
            await self._forward(self.focused)

    async def action_suggested(self) -> None:
        """Take over what the reader of print makes of it, for the eye to check."""
        if isinstance(self.focused, Input):
            said = self.suggested.get(self.focused.id or "", "")
            if said:
                self.focused.value = said
                self.focused.cursor_position = len(said)

    async def action_take(self, which: int) -> None:
        """Settle a line that two people keyed differently: one of them is right."""
        if self.turn is not Turn.SETTLED:
            return
        turns = self.session.turns()[self._shown.place]
        right = turns[Turn.FIRST if which == 1 else Turn.SECOND]
        self.voter = right.voter
        await self._keep(right.finding, dict(right.texts))

    def action_open(self) -> None:
        """Open the image in whatever shows images on this machine."""
        if self._shown.picture:
            webbrowser.open(self._shown.picture.resolve().as_uri())

    def action_leave(self) -> None:
        """Leave; every decision is on the disk already."""
        self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something with this card."""
        if self.card is None:
            return action == "leave"
        match action:
            case "take":
                return self.turn is Turn.SETTLED
            case "ditto" | "struck" | "suggested":
                return bool(self.card.row)
            case "open":
                return self.card.picture is not None
        return True
