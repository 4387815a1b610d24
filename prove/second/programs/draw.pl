# Which lines does a seed draw? Reads one JSON object a line, writes one answer a line.
#
# Written from the recipe in docs/how-to/recompute-the-certificate.md and
# docs/explanation/audit.md, and from nothing else of this house:
#   sample   a line's ticket is the SHA-256 of "seed,county,section,row"; in each county,
#            or in the state, the lowest are drawn. Struck rows are not lines; where a
#            manifest gives only their number, rows are numbered over those not struck.
#            An extension has its own seed and draws from what is left.
#   ballots  without replacement: the SHA-256 of "seed,ballots,batch,position", the lowest
#            first; with: draw n is ballot number SHA-256("seed,n") modulo the ballots.
# Perl 5 and its core modules alone.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Encode qw(encode_utf8);
use JSON::PP;
use Math::BigInt;

my $json = JSON::PP->new->canonical->utf8;

sub ticket { return sha256_hex(encode_utf8(join(",", @_))) }

sub cells {    # of a line of CSV
    my ($line) = @_;
    my @cells;
    while ($line =~ /\G(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/g) {
        my $cell = defined $1 ? $1 =~ s/""/"/gr : $2;
        push @cells, $cell;
        last if $3 eq "";
    }
    return @cells;
}

sub pool {    # the lines of a manifest, each [county, section, row]
    my ($text) = @_;
    my ($head, @rows) = split /\n/, $text;
    my @names = cells($head);
    my @pool;
    for my $line (@rows) {
        my %sheet;
        @sheet{@names} = cells($line);
        my %struck = map { $_ => 1 } split /;/, $sheet{struck_rows} // "";
        my $last = $sheet{lines_claimed};
        $last -= $sheet{lines_struck} || 0 unless %struck;
        push @pool, map { [$sheet{county}, $sheet{section}, $_] }
            grep { !$struck{$_} } 1 .. $last;
    }
    return @pool;
}

sub sample {
    my ($asked) = @_;
    my %left;
    for my $line (pool($asked->{manifest})) {
        my $unit = $asked->{unit} eq "county" ? $line->[0] : $asked->{place};
        push @{ $left{$unit} }, $line;
    }
    my (%drawn, @draws);
    for my $draw (@{ $asked->{draws} }) {
        my @rows;
        for my $unit (sort keys %{ $draw->{sizes} }) {
            my @order = sort { $a->[0] cmp $b->[0] }
                map { [ticket($draw->{seed}, @$_), $_] } @{ $left{$unit} };
            for (1 .. $draw->{sizes}{$unit}) {
                push @rows, [@{ (shift @order)->[1] }, ++$drawn{$unit}];
            }
            $left{$unit} = [map { $_->[1] } @order];
        }
        push @draws, [map { join ",", @$_ } @rows];
    }
    return \@draws;
}

sub ballots {
    my ($asked) = @_;
    my ($seed, @pile) = ($asked->{seed});
    for my $batch (@{ $asked->{batches} }) {
        push @pile, map { [$batch->[0], $_] } 1 .. $batch->[1];
    }
    my @found;
    if ($asked->{replaced}) {
        for my $n (1 .. $asked->{draws}) {
            my $number = Math::BigInt->from_hex(ticket($seed, $n))->bmod(scalar @pile);
            push @found, $pile[ $number->numify ];
        }
    }
    else {
        my @order = sort { $a->[0] cmp $b->[0] }
            map { [ticket($seed, "ballots", @$_), $_] } @pile;
        @found = map { $_->[1] } @order[0 .. $asked->{draws} - 1];
    }
    return [map { join "/", @$_ } @found];
}

$| = 1;
while (my $line = <STDIN>) {
    my $asked = $json->decode($line);
    print $json->encode($asked->{batches} ? ballots($asked) : sample($asked)), "\n";
}
