# Did it pass, and by how much? Reads one JSON object a line, writes one answer a line.
#
# Written from the laws as published and the definition in docs/how-to/judge-a-vote.md:
# the margin is the largest number of yes votes that could have been no, with every test
# still met; where one is not, minus the smallest number of no votes (or other valid
# votes) that would have to be yes; nothing where no such number is enough.
# A test is a figure, a relation, a share (two whole numbers) and what it is a share of.
# Perl 5 and its core modules alone; shares are never turned into decimals.
use strict;
use warnings;
use JSON::PP;
use Math::BigInt;

my $json = JSON::PP->new->canonical;

my %LAWS = (
    # Cal. Const. art. II, section 10: a majority of the votes on it.
    california => [[qw(yes more_than 1 1 no)]],
    # Initiative 16-0011: half of the registered take part, 55% of those voting.
    calexit => [[qw(cast at_least 1 2 registered)], [qw(yes at_least 55 100 yes+no)]],
    "calexit of cast" => [[qw(cast at_least 1 2 registered)], [qw(yes at_least 55 100 cast)]],
    # Montenegro 2006: the same of the valid votes.
    montenegro => [[qw(cast at_least 1 2 registered)], [qw(yes at_least 55 100 valid)]],
);

sub of {
    my ($figures, $name) = @_;
    return Math::BigInt->new($name eq "yes+no" ? $figures->{yes} + $figures->{no} : $figures->{$name});
}

sub met {
    my ($figures, $tests) = @_;
    for my $test (@$tests) {
        my ($left, $relation, $above, $below, $base) = @$test;
        my $have = of($figures, $left) * $below;
        my $need = of($figures, $base) * $above;
        return 0 if $relation eq "at_least" && $have < $need;
        return 0 if $relation eq "more_than" && $have <= $need;
    }
    return 1;
}

sub moved {    # so many yes votes turned into no; the contrary below zero
    my ($figures, $votes) = @_;
    my %after = %$figures;
    $after{yes} -= $votes;
    $after{no} += $votes;
    $after{no} = 0 if $after{no} < 0;
    return \%after;
}

sub margin {    # by halving: more yes votes never undo any of these tests
    my ($figures, $tests) = @_;
    my $met = met($figures, $tests);
    my ($good, $bad) = $met ? (0, $figures->{yes} + 1) : ($figures->{valid} - $figures->{yes}, 0);
    return undef if !$met && !met(moved($figures, -$good), $tests);
    if ($met) {    # $good: still met; $bad: more than there are, or no longer met
        while ($bad - $good > 1) {
            my $middle = int(($good + $bad) / 2);
            if (met(moved($figures, $middle), $tests)) { $good = $middle } else { $bad = $middle }
        }
        return $good;
    }
    while ($good - $bad > 1) {
        my $middle = int(($good + $bad) / 2);
        if (met(moved($figures, -$middle), $tests)) { $good = $middle } else { $bad = $middle }
    }
    return -$good;
}

sub share {    # in lowest terms
    my ($above, $below) = @_;
    my $common = Math::BigInt::bgcd($above, $below);
    return join "/", $above / $common, $below / $common;
}

$| = 1;
while (my $line = <STDIN>) {
    my $asked = $json->decode($line);
    my $tests = $asked->{tests} || $LAWS{ $asked->{law} };
    my $figures = $asked->{figures};
    my @needs = map { share(of($figures, $_->[4]) * $_->[2], Math::BigInt->new($_->[3])) } @$tests;
    print $json->encode({
        standing => met($figures, $tests) ? "met" : "not_met",
        margin => margin($figures, $tests), needs => \@needs,
    }), "\n";
}
