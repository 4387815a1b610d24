//! A face: one way a voter may be written down, in 32 bytes.
//!
//! Seven numbers of three bytes (readings and words), a ZIP code and a city likewise,
//! county, suffix, flags, and whose face it is.

pub type Face = [u8; 32];

/// Flag: half of a double surname, a former surname or a former address.
pub const EXTRA: u8 = 1;
/// Flag: the voter has a former name or address.
pub const FORMER: u8 = 2;
/// Flag: nobody who looks voters up may see the voter.
pub const CONFIDENTIAL: u8 = 4;

#[inline(always)]
fn three(face: &Face, at: usize) -> u32 {
    u32::from_le_bytes([face[at], face[at + 1], face[at + 2], face[at + 3]]) & 0xFF_FFFF
}

macro_rules! fields {
    ($($(#[$about:meta])* $name:ident at $at:literal)*) => {
        $($(#[$about])* #[inline(always)] pub fn $name(face: &Face) -> u32 { three(face, $at) })*
    };
}

fields! {
    /// The surname's reading.
    surname at 0
    /// The given name's reading.
    given at 3
    /// The first word of the middle name, 0 for none.
    middle at 6
    /// The unit's word.
    unit at 9
    /// The street's reading.
    street at 12
    /// The house number's word.
    house at 15
    /// The ZIP code's word.
    zip at 18
    /// The city's reading.
    city at 21
}

/// The county, as it stands in the index's list.
#[inline(always)]
pub fn county(face: &Face) -> u16 {
    u16::from_le_bytes([face[24], face[25]])
}

/// The suffix's code, 0 for none.
#[inline(always)]
pub fn suffix(face: &Face) -> u8 {
    face[26]
}

/// Whether this is not the voter's present name and address.
#[inline(always)]
pub fn is_extra(face: &Face) -> bool {
    face[27] & EXTRA != 0
}

/// Whether the voter has a former name or address.
#[inline(always)]
pub fn has_former(face: &Face) -> bool {
    face[27] & FORMER != 0
}

/// Whether the voter is shown to nobody.
#[inline(always)]
pub fn is_confidential(face: &Face) -> bool {
    face[27] & CONFIDENTIAL != 0
}

/// The voter's row in the roll; of an extra face, the voter's plain face.
#[inline(always)]
pub fn owner(face: &Face) -> u32 {
    u32::from_le_bytes([face[28], face[29], face[30], face[31]])
}
