from commands.core.button_values import unpacked
from commands.core.conditions import ANY, NAMED
from commands.ui.blocks import divider
from commands.ui.cards.route_parts import NAMES_MOST, any_menu, as_they_are, of_segment, remove_button, route_modal
from commands.ui.text import translator

T = translator("en")


def test_a_menu_begins_with_what_anything_fits() -> None:
    menu = any_menu(T, {"smb": "Small", "mid": "Middle"}, "mid")
    assert [line["value"] for line in menu["options"]] == [ANY, f"{NAMED}smb", f"{NAMED}mid"]
    assert menu["initial_option"]["value"] == f"{NAMED}mid"


def test_a_name_that_is_gone_is_any() -> None:
    menu = any_menu(T, {str(number): str(number) for number in range(200)}, "gone")
    assert len(menu["options"]) == NAMES_MOST + 1
    assert menu["initial_option"]["value"] == ANY


def test_names_that_no_line_can_carry_are_left_out() -> None:
    assert as_they_are(("smb", " ", "x" * 11), most=10) == {"smb": "smb"}


def test_a_condition_is_said_where_there_is_one() -> None:
    said = of_segment("smb")
    assert (of_segment(None), said and T(said)) == (None, "segment smb")


def test_a_route_is_removed_once_that_is_sure() -> None:
    button = remove_button("routes.remove", "7", "Nothing goes there any more.", T)
    assert button["confirm"]["text"]["text"] == "Nothing goes there any more."
    assert (button["action_id"], button["confirm"]["style"]) == ("routes.remove", "danger")


def test_the_form_knows_its_route() -> None:
    old, new = (route_modal("Route", [divider()], "routes.save", route_id, T) for route_id in (7, 0))
    assert [unpacked(one.private_metadata).text for one in (old, new)] == ["7", ""]
