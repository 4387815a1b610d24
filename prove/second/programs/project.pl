# What do counts come to? Reads one JSON object a line, writes one answer a line.
#
# Written from the rules as published, and from nothing else of this house:
#   california  2 CCR 20530-20532: percent to two decimals, half up; its product with the
#               raw count up; value of a line to four decimals, half up; weight
#               value x (value - 1), unrounded; weight x duplicates up; the difference.
#               Elections Code 9030-9031: fewer raw lines than required: failed; below 95%
#               failed; up to 110% a full count; above it, qualified. Where every line
#               was looked at, the number itself decides.
#   washington  WAC 434-379-010, one sample of the state: are the pairs found no more
#               than expected - 1.65 x the root of expected?
#   proportion  S.D. Codified Laws 2-1-16, Colo. Rev. Stat. 1-40-116: filed x valid /
#               sampled, to the nearest whole.
#   pair        filed/sampled x (valid and second copies) - filed (filed - 1) /
#               (sampled (sampled - 1)) x pairs, to the nearest whole.
# Perl 5 and its core modules alone. Whole numbers of any length; nothing is a float.
use strict;
use warnings;
use JSON::PP;
use Math::BigInt;

my $json = JSON::PP->new->canonical;

sub big { return Math::BigInt->new("$_[0]") }

# top / below towards minus infinity, up, and to the nearest (a half goes up);
# `below` is above zero.
sub down { my ($top, $below) = @_; return scalar big($top)->bdiv(big($below)) }
sub up { my ($top, $below) = @_; return -down(-big($top), $below) }
sub near { my ($top, $below) = @_; return down(2 * big($top) + $below, 2 * big($below)) }

sub california {
    my ($raw, $drawn, $valid, $twice) = map { big($_) } @_;
    my $percent = $drawn > 0 ? near(10_000 * $valid, $drawn) : big(0);    # hundredths
    my $before = up($raw * $percent, 10_000);
    my $value = $drawn > 0 ? near(10_000 * $raw, $drawn) : big(10_000);   # 1/10,000
    my $weight = $value * ($value - 10_000);                    # 1/100,000,000
    my $off = up($weight * $twice, 100_000_000);
    my $letter = $before - $off;
    my $all = $raw == $drawn;                # every line was looked at: what was counted
    return {
        percent => "$percent", value => "$value", weight => "$weight",
        deducted => "$off", literal => "$letter",
        projected => $all ? "" . ($valid - $off) : "$letter",
    };
}

sub band {    # by the whole petition
    my ($raw, $projected, $required, $every_line) = @_;
    return "failed" if $raw < $required;
    return $projected < $required ? "failed" : "qualified" if $every_line;
    return "failed" if 100 * $projected < 95 * $required;
    return 100 * $projected <= 110 * $required ? "full_count" : "qualified";
}

sub size {    # the law's sample of a county: 3% rounded up, 500 at least, or all
    my ($raw) = @_;
    my $three = up(3 * big($raw), 100);
    my $least = $three > 500 ? $three : big(500);
    return $least < $raw ? "$least" : "$raw";
}

# --- Washington: numbers between two fractions over one scale, as fine as needed -------

my $FINE = big(10)**60;

# A number is held between two ends, in parts of $FINE; they meet where its root is whole.
sub root {    # of a number in the same parts: both ends
    my ($low, $high) = map { $_ * $FINE } @_;
    my ($below, $above) = ($low->copy->bsqrt, $high->copy->bsqrt);
    $above += 1 if $above * $above != $high;
    return ($below, $above);
}

sub washington {
    my ($filed, $drawn, $invalid, $pairs, $required) = map { big($_) } @_;
    my ($r1, $r2) = root($invalid * $FINE, $invalid * $FINE);
    # The upper limit of invalid lines, times drawn: (I + 1.5 root I) x filed.
    my @most = map { ($invalid * $FINE * 2 + 3 * $_) * $filed } ($r1, $r2);   # x 2
    # Pairs the petition could bear, times 2 x drawn.
    my @bear = map { 2 * $drawn * $FINE * ($filed - $required) - $_ } reverse @most;
    # Pairs expected: (drawn/filed)^2 x those = drawn x bear / (2 filed^2).
    # In parts of 4 filed^2 (a square): expected x 4 filed^2 = 2 x drawn x bear.
    my @expect = map { 2 * $drawn * $_ } @bear;
    my $accepted = 0;
    if ($expect[1] > 0) {
        my $low = $expect[0] < 0 ? big(0) : $expect[0];
        # root(expected) x 2 filed = root(expected x 4 filed^2)
        my ($s1, $s2) = root($low, $expect[1]);
        # found <= expected - 1.65 root expected, all times 400 filed^2
        my $found = 400 * $filed * $filed * $pairs * $FINE;
        my $sure = 100 * $low - 330 * $filed * $s2;       # least it can be
        my $best = 100 * $expect[1] - 330 * $filed * $s1; # most it can be
        if    ($found <= $sure) { $accepted = 1 }
        elsif ($found > $best)  { $accepted = 0 }
        else                    { return { undecided => 1 } }
    }
    return { accepted => $accepted };
}

sub answer {
    my ($asked) = @_;
    if ($asked->{law} eq "california") {
        my @each = map { california(@$_) } @{ $asked->{counties} };
        my ($raw, $all, $letter) = (big(0), big(0), big(0));
        my $sampled = grep { $_->[0] != $_->[1] } @{ $asked->{counties} };
        for my $at (0 .. $#each) {
            $raw += $asked->{counties}[$at][0];
            $all += big($each[$at]{projected});
            $letter += big($each[$at]{literal});
        }
        return {
            counties => \@each, projected => "$all", literal => "$letter",
            sizes => [map { size($_->[0]) } @{ $asked->{counties} }],
            band => band($raw, $all, big($asked->{required}), !$sampled),
        };
    }
    return washington(@$asked{qw(filed sampled invalid duplicates required)})
        if $asked->{law} eq "washington";
    my ($raw, $n, $valid, $twice) = map { big($_) } @$asked{qw(filed sampled valid duplicates)};
    return { projected => "" . near($raw * $valid, $n) } if $asked->{law} eq "proportion";
    return { projected => "" . near($raw * ($valid + $twice), $n) } if $n < 2;
    my $below = $n * ($n - 1);    # one fraction, so that it is rounded once
    my $above = $raw * ($valid + $twice) * ($n - 1) - $raw * ($raw - 1) * $twice;
    return { projected => "" . near($above, $below) };
}

$| = 1;
while (my $line = <STDIN>) { print $json->encode(answer($json->decode($line))), "\n" }
