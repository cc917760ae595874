//! What an owner's stylesheet may be made of.

/// A class, and the state of its element that may be styled beside the usual one.
type Class = (&'static str, Option<&'static str>);

/// The classes that may be styled.
/// Source: AWS page "Customizing hosted UI (classic) branding".
const CLASSES: [Class; 15] = [
    ("background-customizable", None),
    ("banner-customizable", None),
    ("errorMessage-customizable", None),
    ("idpButton-customizable", Some("hover")),
    ("idpDescription-customizable", None),
    ("inputField-customizable", Some("focus")),
    ("label-customizable", None),
    ("legalText-customizable", None),
    ("logo-customizable", None),
    ("passwordCheck-notValid-customizable", None),
    ("passwordCheck-valid-customizable", None),
    ("redirect-customizable", None),
    ("socialButton-customizable", None),
    ("submitButton-customizable", Some("hover")),
    ("textDescription-customizable", None),
];

/// The properties that may be set: how an element looks and how much room it takes. Not among them
/// is what fetches, runs, makes text, or takes an element out of its place over others.
/// Inferred: the list. The service's page names those of its template; its templates are within.
const PROPERTIES: [&str; 112] = [
    "align-content",
    "align-items",
    "align-self",
    "background",
    "background-clip",
    "background-color",
    "background-image",
    "background-origin",
    "background-position",
    "background-repeat",
    "background-size",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-left-radius",
    "border-bottom-right-radius",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-top-style",
    "border-top-width",
    "border-width",
    "box-shadow",
    "box-sizing",
    "caret-color",
    "clear",
    "color",
    "cursor",
    "direction",
    "display",
    "flex",
    "flex-basis",
    "flex-direction",
    "flex-grow",
    "flex-shrink",
    "flex-wrap",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-weight",
    "gap",
    "height",
    "hyphens",
    "justify-content",
    "justify-items",
    "justify-self",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "object-fit",
    "object-position",
    "opacity",
    "outline",
    "outline-color",
    "outline-offset",
    "outline-style",
    "outline-width",
    "overflow",
    "overflow-wrap",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-decoration-color",
    "text-decoration-line",
    "text-decoration-style",
    "text-decoration-thickness",
    "text-indent",
    "text-overflow",
    "text-shadow",
    "text-transform",
    "transition",
    "transition-delay",
    "transition-duration",
    "transition-property",
    "transition-timing-function",
    "vertical-align",
    "visibility",
    "white-space",
    "width",
];

/// The functions that a value may call: colours, gradients, sums and courses of a transition.
const FUNCTIONS: [&str; 22] = [
    "calc",
    "clamp",
    "color-mix",
    "conic-gradient",
    "cubic-bezier",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "linear-gradient",
    "max",
    "min",
    "oklab",
    "oklch",
    "radial-gradient",
    "repeating-conic-gradient",
    "repeating-linear-gradient",
    "repeating-radial-gradient",
    "rgb",
    "rgba",
    "steps",
];

/// Properties whose value may hold text in quotes: the name of a typeface.
const WITH_TEXT: [&str; 2] = ["font", "font-family"];

/// Whether the class may be styled, in that state if there is one.
pub(super) fn is_selector(class: &str, state: Option<&str>) -> bool {
    CLASSES
        .iter()
        .any(|(known, with)| *known == class && (state.is_none() || state == *with))
}

/// Whether the property, in lower case, may be set.
pub(super) fn is_property(name: &str) -> bool {
    PROPERTIES.binary_search(&name).is_ok()
}

/// Whether the function, in lower case, may be called.
pub(super) fn is_function(name: &str) -> bool {
    FUNCTIONS.binary_search(&name).is_ok()
}

/// Whether the property's value may hold text in quotes.
pub(super) fn takes_text(property: &str) -> bool {
    WITH_TEXT.contains(&property)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_are_searched_are_in_order() {
        assert!(PROPERTIES.is_sorted_by(|one, next| one < next));
        assert!(FUNCTIONS.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn s51_no_property_fetches_runs_or_leaves_its_place() {
        for refused in [
            "position",
            "top",
            "inset",
            "z-index",
            "content",
            "behavior",
            "-moz-binding",
            "filter",
            "animation",
            "transform",
            "src",
            "mask",
            "clip-path",
            "--x",
            "all",
            "list-style",
            "border-image",
            "pointer-events",
            "zoom",
            "appearance",
        ] {
            assert!(!is_property(refused), "{refused}");
        }
        for refused in [
            "url",
            "image-set",
            "expression",
            "var",
            "attr",
            "env",
            "element",
            "src",
        ] {
            assert!(!is_function(refused), "{refused}");
        }
    }
}
